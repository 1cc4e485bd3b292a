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
 * A start of nodes without Ignite's shutdown hook. That hook would stop a node as soon as the JVM shuts down, while
 * tasks still run on it. The caller of this class stops the node in good order instead.
 *
 * <p>Ignite reads a system property for this, just after the node has started. So this class sets the property from
 * that moment until the start returns. Other nodes that the application starts keep their hooks.
 */
public final class NodeStart {
    private static final String NO_HOOK = IgniteSystemProperties.IGNITE_NO_SHUTDOWN_HOOK;

    /** The number of starts that need the property now. Guarded by the class. */
    private static int users;

    private NodeStart() {}

    /**
     * Starts a node.
     *
     * @throws IgniteException if the node cannot start
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

    /** Sets the property, unless the application has set it. Returns whether this method set it. */
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

    /** A lifecycle bean that sets the property when its node has started, and clears it on release. */
    private static final class HookProperty implements LifecycleBean {
        private boolean set; // confined to the thread that starts the node

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
