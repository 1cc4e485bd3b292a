package io.github.ignitetasks.benchmarks.testbed;

import static java.util.function.Predicate.not;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;

/**
 * A client node in this JVM, for a cluster on this machine. A session that runs no tasks has joined it to the cluster.
 */
final class Client implements AutoCloseable {
    private final TaskSession owner;
    private final Ignite ignite;

    Client(Cluster cluster) {
        List<Ignite> before = Ignition.allGrids();
        owner = IgniteTaskRunner.builder().cluster(cluster).build().start();
        ignite = Ignition.allGrids().stream()
                .filter(not(before::contains))
                .findFirst()
                .orElseThrow();
    }

    Ignite ignite() {
        return ignite;
    }

    @Override
    public void close() {
        owner.close();
    }
}
