package io.github.ignitetasks.cluster;

import java.io.Serializable;
import org.apache.ignite.configuration.IgniteConfiguration;

/**
 * A callback that changes the configuration of the client node of a runner before that node starts. The equality of two
 * runners includes the equality of their customizers. If that matters, use a class that defines {@code equals} rather
 * than a lambda.
 */
@FunctionalInterface
public interface ClientCustomizer extends Serializable {

    /** Changes the configuration in place. The client mode and the instance name must stay as they are. */
    void customize(IgniteConfiguration configuration);
}
