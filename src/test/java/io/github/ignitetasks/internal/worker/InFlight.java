package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import java.util.Collection;
import org.apache.ignite.Ignite;
import org.awaitility.Awaitility;

/** The keys that are in flight on nodes of this JVM, for tests that must know that a call has reached its node. */
public final class InFlight {
    private InFlight() {}

    /** Waits until each of these keys is in flight on one of the nodes, where this number of sessions wait for it. */
    public static void awaitSessions(
            int number, Collection<? extends TaskFuture<?>> futures, Collection<Ignite> nodes) {
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(() -> futures.stream()
                        .allMatch(future -> nodes.stream().anyMatch(node -> sessions(node, future.key()) == number)));
    }

    private static int sessions(Ignite node, String key) {
        return NodeWorker.of(node)
                .requests()
                .keys()
                .find(key)
                .map(run -> run.clients().size())
                .orElse(0);
    }
}
