package io.github.ignitetasks.ignite;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ignite.Ignite;

/** Lets the calls of a server node end before the node is stopped. */
public final class NodeDrain {
    private NodeDrain() {}

    /**
     * Has a node start no more calls, and waits until those that it runs have been recorded and told. The node is to be
     * stopped after that; what had not started then runs elsewhere, as after the loss of a node.
     *
     * @param ignite the node, of this JVM
     * @param grace how long to wait
     * @return whether all that ran has ended in time; false also if this thread was interrupted, which it then still is
     */
    public static boolean drain(Ignite ignite, Duration grace) {
        Optional<NodeWorker> worker = NodeWorker.ofUsed(ignite);
        try {
            if (worker.isPresent()) {
                worker.get().drain().get(grace.toMillis(), TimeUnit.MILLISECONDS);
            }
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
}
