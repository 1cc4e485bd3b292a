package io.github.ignitetasks.internal.compat;

import org.apache.ignite.internal.util.lang.GridPeerDeployAware;
import org.apache.ignite.lang.IgniteCallable;
import org.jspecify.annotations.Nullable;

/**
 * A callable that names the class which peer class loading deploys. Ignite's public interfaces deploy the class of the
 * callable itself, and know no loader of classes that it carries as bytes.
 *
 * @param <T> the type of what it returns
 */
public interface PeerDeployedCallable<T extends @Nullable Object> extends IgniteCallable<T>, GridPeerDeployAware {

    /** Returns the class to deploy; asked on the node that sends the callable. */
    @Override
    Class<?> deployClass();

    @Override
    default ClassLoader classLoader() {
        return deployClass().getClassLoader();
    }
}
