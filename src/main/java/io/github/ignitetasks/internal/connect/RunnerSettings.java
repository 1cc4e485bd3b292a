package io.github.ignitetasks.internal.connect;

import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.cluster.AdaptiveScaling;
import io.github.ignitetasks.cluster.ClientCustomizer;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.Tls;
import java.io.Serializable;
import java.time.Duration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a runner.
 *
 * @param source the source of the grid
 * @param tls the TLS of the client node that the runner starts
 * @param joinTimeout how long that client looks for its grid; null for the default
 * @param client the customizer of that client; null for none
 * @param adaptive the settings by which the cluster adapts to its load; null for a fixed size
 * @param resultTtl how long the grid keeps final states; null for the default
 * @param slots the number of slots of each node; 0 for the default
 * @param limits how much the runner's sessions hold
 */
public record RunnerSettings(
        GridSource source,
        Tls tls,
        @Nullable Duration joinTimeout,
        @Nullable ClientCustomizer client,
        @Nullable AdaptiveScaling adaptive,
        @Nullable Duration resultTtl,
        int slots,
        SessionLimits limits)
        implements Serializable {

    /**
     * Opens the grid.
     *
     * @throws IllegalStateException if the grid cannot be opened, or would be used without a setting of its client
     */
    public OpenGrid open() {
        OpenGrid grid = source.open(this::customize);
        if (!grid.own() && (client != null || joinTimeout != null)) {
            grid.close();
            throw new IllegalStateException(
                    (client == null ? "joinTimeout is " + joinTimeout : "clientConfiguration is set")
                            + ", but " + grid.description()
                            + " has a node in this JVM, which is used without a client; leave the setting out, or use a cluster"
                            + " whose nodes are processes");
        }
        if (!tls.equals(Tls.none()) && isIgnored(grid)) {
            grid.close();
            throw new IllegalStateException("tls is set, but " + grid.description() + " has a node in this JVM that has"
                    + " none, or one of its own, and that would be used as it is; give tls to the cluster");
        }
        return grid;
    }

    /**
     * Returns whether the grid ignores the TLS of this runner. It does so if its joinable node in this JVM has no TLS,
     * or has a one-time TLS of its own.
     */
    private boolean isIgnored(OpenGrid grid) {
        return grid.ignite().configuration().getSslContextFactory() == null
                ? grid.cluster().map(Cluster::isJoinable).orElse(true)
                : grid.cluster()
                        .map(Cluster::tls)
                        .filter(own -> own.isOneTime() && !own.equals(tls))
                        .isPresent();
    }

    private void customize(IgniteConfiguration configuration) {
        tls.sslContextFactory().ifPresent(configuration::setSslContextFactory);
        if (joinTimeout != null) {
            ((TcpDiscoverySpi) configuration.getDiscoverySpi()).setJoinTimeout(joinTimeout.toMillis());
        }
        if (client != null) {
            client.customize(configuration);
        }
    }

    public Duration resultTtlOr(Duration standard) {
        return resultTtl == null ? standard : resultTtl;
    }
}
