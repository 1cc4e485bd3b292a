package io.github.ignitetasks.cluster;

import io.github.ignitetasks.internal.node.NodeFailureHandler;
import org.apache.ignite.Ignite;
import org.apache.ignite.failure.FailureContext;
import org.apache.ignite.failure.StopNodeFailureHandler;

/**
 * A failure handler that stops the failed node and never the JVM. If a node's memory is full and Ignite refuses a
 * record before it writes any of it, the node keeps running. If memory runs out during a write, the node stops.
 */
public final class SafeFailureHandler extends StopNodeFailureHandler {
    private final NodeFailureHandler handler = new NodeFailureHandler();

    /** Creates a failure handler for the configuration of a node. */
    public SafeFailureHandler() {
        // explicit for Spring and for the Javadoc
    }

    @Override
    public boolean handle(Ignite ignite, FailureContext failure) {
        return handler.handle(ignite, failure);
    }

    /** Returns the name of this handler, which Ignite logs with each failure. */
    @Override
    public String toString() {
        return SafeFailureHandler.class.getSimpleName();
    }
}
