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
 * An orderly shutdown of the nodes in this JVM. A stopping node frees its memory even while its own threads still write
 * partitions of a node that left just before. The JVM then crashes with SIGSEGV. So each node is stopped only once it
 * has taken over its share of the partitions.
 */
public final class NodeShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(NodeShutdown.class);

    /** The longest wait for one node. The wait takes some milliseconds, unless the grid has a problem. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(5);

    private NodeShutdown() {}

    /** Stops nodes one after another. The interrupt flag of this thread is preserved. */
    public static void stopAll(List<Ignite> nodes) {
        boolean interrupted = Thread.interrupted(); // an interrupt would end the waits
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

    /**
     * Waits until a node has seen another node leave, and its partitions match the new topology. Returns false if
     * interrupted.
     */
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
