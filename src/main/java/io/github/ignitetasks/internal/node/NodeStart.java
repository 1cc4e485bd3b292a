package io.github.ignitetasks.internal.node;

import java.util.Arrays;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.IgniteSystemProperties;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.lifecycle.LifecycleBean;
import org.apache.ignite.lifecycle.LifecycleEventType;
import org.jspecify.annotations.Nullable;

/**
 * Starts nodes without the shutdown hook that Ignite gives each node. That hook stops the node as soon as the JVM shuts
 * down, under the tasks that run there; whoever starts a node by this class ends it in good order instead.
 *
 * <p>Ignite looks at a system property for that, just after the node has started. So the property is set from that
 * moment until the start returns, and other nodes that the application starts keep their hooks.
 */
public final class NodeStart {
    private static final String NO_HOOK = IgniteSystemProperties.IGNITE_NO_SHUTDOWN_HOOK;

    /** How many starts need the property now; guarded by the class. */
    private static int users;

    private NodeStart() {}

    /**
     * Starts a node.
     *
     * @throws IgniteException if it cannot start
     */
    public static Ignite start(IgniteConfiguration configuration) {
        HookProperty property = new HookProperty();
        configuration.setLifecycleBeans(append(configuration.getLifecycleBeans(), property));
        try {
            return Ignition.start(configuration);
        } finally {
            property.release();
        }
    }

    private static LifecycleBean[] append(LifecycleBean @Nullable [] beans, LifecycleBean last) {
        LifecycleBean[] all = beans == null ? new LifecycleBean[1] : Arrays.copyOf(beans, beans.length + 1);
        all[all.length - 1] = last;
        return all;
    }

    /** Sets the property, unless somebody else has; returns whether it did. */
    private static synchronized boolean setProperty() {
        if (users == 0 && IgniteSystemProperties.getString(NO_HOOK) != null) {
            return false;
        }
        System.setProperty(NO_HOOK, "true");
        users++;
        return true;
    }

    private static synchronized void clearProperty() {
        users--;
        if (users == 0) {
            System.clearProperty(NO_HOOK);
        }
    }

    /** Sets the property when its node has started, until it is released. */
    private static final class HookProperty implements LifecycleBean {
        private boolean set; // by the thread that starts the node

        @Override
        public void onLifecycleEvent(LifecycleEventType event) {
            if (event == LifecycleEventType.AFTER_NODE_START) {
                set = setProperty();
            }
        }

        void release() {
            if (set) {
                clearProperty();
            }
        }
    }
}
