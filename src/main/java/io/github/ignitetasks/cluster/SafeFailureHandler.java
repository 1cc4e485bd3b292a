package io.github.ignitetasks.cluster;

import org.apache.ignite.Ignite;
import org.apache.ignite.failure.FailureContext;
import org.apache.ignite.failure.StopNodeFailureHandler;
import org.apache.ignite.internal.mem.IgniteOutOfMemoryException;
import org.apache.ignite.internal.util.typedef.X;

/**
 * Stops a node in which something fails, and never the JVM. A node whose memory is full lives on: Ignite looks whether a
 * record fits, and refuses it, before it writes anything of it.
 */
public final class SafeFailureHandler extends StopNodeFailureHandler {
    @Override
    public boolean handle(Ignite ignite, FailureContext failure) {
        return !X.hasCause(failure.error(), IgniteOutOfMemoryException.class) && super.handle(ignite, failure);
    }

    /** Returns its name, which Ignite writes to its log with each failure. */
    @Override
    public String toString() {
        return SafeFailureHandler.class.getSimpleName();
    }
}
