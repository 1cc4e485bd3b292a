package io.github.ignitetasks.cluster;

import io.github.ignitetasks.internal.node.NodeFailureHandler;
import org.apache.ignite.Ignite;
import org.apache.ignite.failure.FailureContext;
import org.apache.ignite.failure.StopNodeFailureHandler;

/**
 * Stops a node in which something fails, and never the JVM. A node whose memory is full lives on if Ignite refuses a
 * record before it writes anything of it; one that lacks memory in the middle of a write stops.
 */
public final class SafeFailureHandler extends StopNodeFailureHandler {
    private final NodeFailureHandler handler = new NodeFailureHandler();

    /** Makes one for the configuration of a node. */
    public SafeFailureHandler() {
        // for Spring, and for documentation
    }

    @Override
    public boolean handle(Ignite ignite, FailureContext failure) {
        return handler.handle(ignite, failure);
    }

    /** Returns its name, which Ignite writes to its log with each failure. */
    @Override
    public String toString() {
        return handler.toString();
    }
}
