package io.github.ignitetasks.benchmarks.testbed;

import static java.util.function.Predicate.not;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;

/** A client of a cluster on this machine: the node in this JVM by which a session, that runs nothing, has joined. */
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
