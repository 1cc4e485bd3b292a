package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.compat.NodeInternals;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ignite.Ignite;

/** The drain of a server node before it stops: its calls complete, and other nodes take its records. */
public final class NodeDrain {
    private NodeDrain() {}

    /**
     * Stops a node from starting calls, and waits until its running calls are recorded and their sessions notified. A
     * session that does not accept the notification within five seconds reads the record instead. Calls that had not
     * started run on other nodes. Stop the node after this method returns.
     *
     * @param ignite the node, in this JVM
     * @param grace the longest time to wait
     * @return true if all running calls completed in time, or the node has stopped; false on timeout, or if this thread
     *     was interrupted, in which case its interrupt flag is set
     */
    public static boolean drain(Ignite ignite, Duration grace) {
        try {
            NodeWork.drain(ignite).get(TimeUnit.NANOSECONDS.convert(grace), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot drain node " + ignite.name(), e);
        }
    }

    /**
     * Stops a node once other nodes have all its records. The last node of a grid waits forever. The shutdown policy of
     * the grid would do the same, but it applies to every node that stops from then on. A node that was cut off from
     * the grid would also wait forever.
     *
     * @return true if this call stopped the node; false if it was stopped before
     */
    public static boolean leave(Ignite ignite) {
        return NodeInternals.stopGracefully(ignite);
    }
}
