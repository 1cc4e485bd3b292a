package io.github.ignitetasks.internal.connect;

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
 * What a runner was told.
 *
 * @param source where its grid comes from
 * @param tls of the node that it starts
 * @param joinTimeout how long that looks for its grid, if it is a client; null for the default
 * @param client changes the client node that it starts, if it does; null changes nothing
 * @param adaptive how its cluster follows the load; null for not at all
 * @param resultTtl how long states are kept; null for the default
 * @param slots how many slots a node is to have; 0 for the default
 */
public record RunnerSettings(
        GridSource source,
        Tls tls,
        @Nullable Duration joinTimeout,
        @Nullable ClientCustomizer client,
        @Nullable AdaptiveScaling adaptive,
        @Nullable Duration resultTtl,
        int slots)
        implements Serializable {

    /**
     * Opens the grid.
     *
     * @throws IllegalStateException if that cannot be done, or would be done without the TLS that was set
     */
    public OpenGrid open() {
        OpenGrid grid = source.open(this::customize);
        if (!tls.equals(Tls.none()) && isIgnored(grid)) {
            grid.close();
            throw new IllegalStateException("tls is set, but " + grid.description() + " has a node in this JVM that has"
                    + " none, or one of its own, and that would be used as it is; give tls to the cluster");
        }
        return grid;
    }

    /** Returns whether a node that others may join was given no TLS by anybody. */
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
