package io.github.ignitetasks.internal.node;

import java.util.Arrays;
import org.apache.ignite.Ignite;
import org.apache.ignite.failure.FailureContext;
import org.apache.ignite.failure.StopNodeFailureHandler;
import org.apache.ignite.internal.mem.IgniteOutOfMemoryException;
import org.apache.ignite.internal.util.typedef.X;

/**
 * Stops a node in which something fails, and never the JVM. A node whose memory is full lives on if Ignite refuses a
 * record before it writes anything of it; one that lacks memory in the middle of a write stops.
 */
public final class NodeFailureHandler extends StopNodeFailureHandler {
    @Override
    public boolean handle(Ignite ignite, FailureContext failure) {
        IgniteOutOfMemoryException full = X.cause(failure.error(), IgniteOutOfMemoryException.class);
        return (full == null || !isBeforeWrite(full)) && super.handle(ignite, failure);
    }

    private static boolean isBeforeWrite(IgniteOutOfMemoryException full) {
        return Arrays.stream(full.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("ensureFreeSpaceForInsert"));
    }

    /** Returns its name, which Ignite writes to its log with each failure. */
    @Override
    public String toString() {
        return NodeFailureHandler.class.getSimpleName();
    }
}
