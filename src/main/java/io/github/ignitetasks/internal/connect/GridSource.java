package io.github.ignitetasks.internal.connect;

import io.github.ignitetasks.cluster.ClientCustomizer;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.cluster.Tls;
import io.github.ignitetasks.internal.node.NodeAttributes;
import io.github.ignitetasks.internal.node.SpringNode;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The source of a runner's grid. It is an immutable, serializable setting; two sources are equal if they name the same
 * grid.
 */
public sealed interface GridSource extends Serializable
        permits HandedIgnite, GridSource.Joined, GridSource.Running, GridSource.Factory, GridSource.Spring {

    /** Opens the grid. The customizer also configures a client that is started for the grid. */
    OpenGrid open(ClientCustomizer customizer);

    /** Returns the default source: a node in this JVM that serves only one session. */
    static GridSource embedded() {
        return new Factory(new FactoryName.ByInstance(new EmbeddedCluster()), Map.of());
    }

    /** A remote grid, joined as a client. */
    record Joined(List<String> addresses) implements GridSource {
        public Joined {
            addresses = List.copyOf(addresses);
        }

        @Override
        public OpenGrid open(ClientCustomizer customizer) {
            ClientNode client = ClientNode.join(addresses, customizer);
            return new OpenGrid(
                    client.ignite(), "the grid at " + addresses, true, false, Optional.empty(), client::close);
        }
    }

    /**
     * A running cluster that the user passed to the runner. In another JVM the runner joins it at its address, if
     * clients can join.
     */
    final class Running implements GridSource {
        @Serial
        private static final long serialVersionUID = 1L;

        /** The address of the cluster if clients can join it; otherwise a string that is unique to the cluster. */
        private final String name;

        private final boolean joinable;
        private final Tls tls;
        private final transient @Nullable Cluster cluster;

        public Running(Cluster cluster) {
            this.joinable = cluster.isJoinable();
            this.name = joinable ? cluster.address() : cluster.toString();
            this.tls = cluster.tls();
            this.cluster = cluster;
        }

        @Override
        public OpenGrid open(ClientCustomizer customizer) {
            if (cluster != null) {
                return use(cluster, "a given cluster", false, () -> {}, customizer);
            }
            if (!joinable) {
                throw new IllegalStateException("the cluster of this runner, " + name
                        + ", is in another JVM and cannot be joined; let the runner have a LocalCluster instead");
            }
            return new Joined(ClientNode.split(name)).open(after(tls, customizer));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Running that && name.equals(that.name) && tls.equals(that.tls);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** A cluster that is started for the session and closed with it. */
    record Factory(FactoryName factory, Map<String, String> options) implements GridSource {
        public Factory {
            options = Map.copyOf(options);
        }

        @Override
        public OpenGrid open(ClientCustomizer customizer) {
            Cluster cluster = factory.get().start(options);
            try {
                return use(cluster, "a temporary cluster", true, cluster::close, customizer);
            } catch (RuntimeException e) {
                cluster.close();
                throw e;
            }
        }
    }

    /** A node that a Spring XML file configures: a client of a remote grid, or a server in this JVM. */
    record Spring(String file) implements GridSource {
        @Override
        public OpenGrid open(ClientCustomizer customizer) {
            SpringNode node = SpringNode.start(Path.of(file), NodeAttributes.none());
            boolean alone = node.ignite().cluster().nodes().size() == 1; // and thus a server
            return new OpenGrid(node.ignite(), "the node of " + file, true, alone, Optional.empty(), node::close);
        }
    }

    private static OpenGrid use(
            Cluster cluster, String what, boolean temporary, Runnable closer, ClientCustomizer customizer) {
        return cluster.ignite()
                .map(node ->
                        new OpenGrid(HandedIgnite.started(node), what, false, temporary, Optional.of(cluster), closer))
                .orElseGet(() -> {
                    ClusterAddresses addresses = new ClusterAddresses(cluster);
                    ClientNode client = join(addresses, after(cluster.tls(), customizer));
                    return new OpenGrid(client.ignite(), what, true, temporary, Optional.of(cluster), () -> {
                        addresses.close();
                        client.close();
                        closer.run();
                    });
                });
    }

    private static ClientNode join(ClusterAddresses addresses, ClientCustomizer customizer) {
        try {
            return ClientNode.join(addresses, customizer);
        } catch (RuntimeException e) {
            addresses.close();
            throw e;
        }
    }

    /** Returns a customizer that first sets the TLS of the cluster and then applies the customizer of the runner. */
    private static ClientCustomizer after(Tls tls, ClientCustomizer customizer) {
        return configuration -> {
            tls.sslContextFactory().ifPresent(configuration::setSslContextFactory);
            customizer.customize(configuration);
        };
    }
}
