package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.compat.NodeInternals;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ignite.Ignite;

/** Lets the calls of a server node end, and its records be elsewhere, before the node is stopped. */
public final class NodeDrain {
    private NodeDrain() {}

    /**
     * Has a node start no more calls, and waits until those that it runs have been recorded and told; a session
     * that does not take within five seconds what it is told finds it in the records. What had not started runs elsewhere.
     * The node is to be stopped after that.
     *
     * @param ignite the node, of this JVM
     * @param grace how long to wait
     * @return whether all that ran has ended in time; false also if this thread was interrupted, which it then still is
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
     * Stops a node once others have all its records, which for the last node of a grid is never. The grid's own policy
     * would do that too, but for each node that is stopped from then on: also for one that was cut off, which would wait for
     * ever.
     *
     * @return whether it was stopped; false if it had been before
     */
    public static boolean leave(Ignite ignite) {
        return NodeInternals.stopGracefully(ignite);
    }
}
