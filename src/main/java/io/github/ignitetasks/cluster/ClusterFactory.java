package io.github.ignitetasks.cluster;

import java.io.Serializable;
import java.util.Map;

/**
 * The settings of a cluster, and how to start one by them: the extension point for whatever provides nodes.
 *
 * <p>A factory that is named by its class needs a public constructor without parameters. Runners that hold a factory
 * are compared by it, so it should define {@code equals}. Safe to share between threads.
 */
@FunctionalInterface
public interface ClusterFactory extends Serializable {

    /**
     * Starts a cluster, ready to be joined. If that fails, nothing is left running.
     *
     * @param options what the runner was given as cluster options, unmodifiable
     * @throws IllegalArgumentException if an option is unknown or has a bad value; the message names it
     * @throws IllegalStateException if the cluster cannot be started; the message says what to change
     */
    Cluster start(Map<String, String> options);
}
