package io.github.ignitetasks.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ignite.Ignite;

/** Lets the calls of a server node end before the node is stopped. */
public final class NodeDrain {
    private NodeDrain() {}

    /**
     * Has a node start no more calls, and waits until those that it runs have been recorded and told. What had not
     * started runs elsewhere. The node is to be stopped after that.
     *
     * @param ignite the node, of this JVM
     * @param grace how long to wait
     * @return whether all that ran has ended in time; false also if this thread was interrupted, which it then still is
     */
    public static boolean drain(Ignite ignite, Duration grace) {
        try {
            start(ignite).get(TimeUnit.NANOSECONDS.convert(grace), TimeUnit.NANOSECONDS);
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

    private static CompletableFuture<Void> start(Ignite ignite) {
        NodeWork work = ignite.cluster().<Class<?>, NodeWork>nodeLocalMap().get(NodeWork.class);
        return work == null ? CompletableFuture.completedFuture(null) : work.drain();
    }
}
