package io.github.ignitetasks.benchmarks.testbed;

import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.internal.folder.WorkFolder;
import io.github.ignitetasks.internal.node.SafeNode;
import java.time.Duration;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;

/** A client of a cluster on this machine: a node in this JVM that keeps no records and runs no calls. */
final class Client implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(15);

    private final WorkFolder work = WorkFolder.make();
    private final Ignite ignite;

    Client(Cluster cluster) {
        IgniteConfiguration configuration = SafeNode.configuration(
                LOOPBACK, List.of(cluster.address().split(",", -1)), JOIN_TIMEOUT.toMillis(), work);
        cluster.tls().sslContextFactory().ifPresent(configuration::setSslContextFactory);
        ignite = Ignition.start(configuration.setClientMode(true));
    }

    Ignite ignite() {
        return ignite;
    }

    @Override
    public void close() {
        ignite.close();
        work.close();
    }
}
