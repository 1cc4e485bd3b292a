package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.compat.IgniteErrors;
import org.apache.ignite.Ignite;
import org.apache.ignite.failure.FailureContext;
import org.apache.ignite.failure.StopNodeFailureHandler;

/**
 * Stops a node in which something fails, and never the JVM. A node whose memory is full lives on if Ignite refuses a
 * record before it writes anything of it; one that lacks memory in the middle of a write stops.
 */
public final class NodeFailureHandler extends StopNodeFailureHandler {
    @Override
    public boolean handle(Ignite ignite, FailureContext failure) {
        return !IgniteErrors.isOutOfMemoryBeforeWrite(failure.error()) && super.handle(ignite, failure);
    }

    /** Returns its name, which Ignite writes to its log with each failure. */
    @Override
    public String toString() {
        return NodeFailureHandler.class.getSimpleName();
    }
}
