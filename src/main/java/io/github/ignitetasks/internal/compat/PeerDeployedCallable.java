package io.github.ignitetasks.internal.compat;

import org.apache.ignite.internal.util.lang.GridPeerDeployAware;
import org.apache.ignite.lang.IgniteCallable;
import org.jspecify.annotations.Nullable;

/**
 * A callable that names the class for peer class loading to deploy. Ignite's public interfaces deploy the class of the
 * callable itself. They do not know the loader of classes that the callable carries as bytes.
 *
 * @param <T> the type of the returned value
 */
public interface PeerDeployedCallable<T extends @Nullable Object> extends IgniteCallable<T>, GridPeerDeployAware {

    /** Returns the class to deploy. Ignite calls this method on the node that sends the callable. */
    @Override
    Class<?> deployClass();

    @Override
    default ClassLoader classLoader() {
        return deployClass().getClassLoader();
    }
}
