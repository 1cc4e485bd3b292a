package io.github.ignitetasks.cluster;

import java.io.Serializable;
import java.util.Map;

/**
 * The settings of a cluster and the method that starts it. Implement this interface to obtain nodes from another
 * provider.
 *
 * <p>A factory that is named by its class needs a public constructor without parameters. The equality of two runners
 * includes the equality of their factories, so a factory should define {@code equals}. Implementations are safe for use
 * by many threads.
 */
@FunctionalInterface
public interface ClusterFactory extends Serializable {

    /**
     * Starts a cluster that clients can join. If the start fails, the factory stops everything that it started.
     *
     * @param options the cluster options of the runner, unmodifiable
     * @throws IllegalArgumentException if an option is unknown or has a bad value; the message names it
     * @throws IllegalStateException if the cluster cannot be started; the message says what to change
     */
    Cluster start(Map<String, String> options);
}
