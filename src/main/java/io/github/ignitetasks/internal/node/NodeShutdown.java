package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.compat.NodeInternals;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCheckedException;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops nodes of this JVM. A node that stops frees its memory, also while its threads still give it the partitions of a
 * node that left just before; then the JVM ends with SIGSEGV. So each node is stopped once it has taken its share.
 */
public final class NodeShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(NodeShutdown.class);

    /** It takes some milliseconds, unless something is wrong with the grid. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(5);

    private NodeShutdown() {}

    /** Stops nodes one after another; the interrupt flag of this thread stays as it is. */
    public static void stopAll(List<Ignite> nodes) {
        boolean interrupted = Thread.interrupted(); // which the waits would meet
        @Nullable UUID before = null;
        for (Ignite node : nodes) {
            if (Ignition.state(node.name()) == IgniteState.STARTED) {
                UUID id = node.cluster().localNode().id();
                interrupted |= !awaitSettled(node, before);
                if (!Ignition.stop(node.name(), true)) {
                    LOG.warn("node {} could not be stopped", node.name());
                }
                before = id;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a node sees that another has left, and its partitions are as that has them; false if interrupted. */
    private static boolean awaitSettled(Ignite node, @Nullable UUID left) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (left != null && node.cluster().node(left) != null && System.nanoTime() < deadline) {
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
            NodeInternals.of(node).awaitReady(PATIENCE);
        } catch (InterruptedException e) {
            return false;
        } catch (IgniteCheckedException | RuntimeException e) {
            LOG.debug("node {} is stopped while its grid changes", node.name(), e);
        }
        return true;
    }
}
