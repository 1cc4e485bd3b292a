package io.github.ignitetasks.cluster;

import java.io.Serializable;
import org.apache.ignite.configuration.IgniteConfiguration;

/**
 * Changes the configuration of the client node that a runner starts, before it starts. Runners that hold one are
 * compared by it, so a class that defines {@code equals} serves better than a lambda where that matters.
 */
@FunctionalInterface
public interface ClientCustomizer extends Serializable {

    /** Changes the configuration in place; not whether it is a client's, nor the name of the instance. */
    void customize(IgniteConfiguration configuration);
}
