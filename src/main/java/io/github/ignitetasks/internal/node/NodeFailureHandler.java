package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.compat.IgniteErrors;
import org.apache.ignite.Ignite;
import org.apache.ignite.failure.FailureContext;
import org.apache.ignite.failure.StopNodeFailureHandler;

/**
 * A failure handler that stops the failed node and never the JVM. If a node's memory is full and Ignite refuses a
 * record before it writes any of it, the node keeps running. If memory runs out during a write, the node stops.
 */
public final class NodeFailureHandler extends StopNodeFailureHandler {
    @Override
    public boolean handle(Ignite ignite, FailureContext failure) {
        return !IgniteErrors.isOutOfMemoryBeforeWrite(failure.error()) && super.handle(ignite, failure);
    }

    /** Returns the name of this handler, which Ignite logs with each failure. */
    @Override
    public String toString() {
        return NodeFailureHandler.class.getSimpleName();
    }
}
