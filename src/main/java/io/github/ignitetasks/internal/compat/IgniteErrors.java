package io.github.ignitetasks.internal.compat;

import java.net.BindException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import org.apache.ignite.IgniteClientDisconnectedException;
import org.apache.ignite.IgniteInterruptedException;
import org.apache.ignite.internal.IgniteClientDisconnectedCheckedException;
import org.apache.ignite.internal.IgniteInterruptedCheckedException;
import org.apache.ignite.internal.NodeStoppingException;
import org.apache.ignite.internal.mem.IgniteOutOfMemoryException;
import org.apache.ignite.internal.processors.cache.CacheStoppedException;
import org.jspecify.annotations.Nullable;

/**
 * Tells why Ignite refused something. Ignite reports these reasons by exceptions of its own, for which it has no public
 * types.
 */
public final class IgniteErrors {
    private IgniteErrors() {}

    /** Returns whether a node refused because it is about to leave: another node will answer once it has left. */
    public static boolean isNodeStopping(Throwable problem) {
        return Causes.have(problem, NodeStoppingException.class, CacheStoppedException.class);
    }

    /**
     * Returns whether a client refused because it has lost its grid, or has come back to another. The caches of the grid
     * before count as stopped then.
     */
    public static boolean isClientDisconnected(Throwable problem) {
        return Causes.have(
                problem,
                IgniteClientDisconnectedException.class,
                IgniteClientDisconnectedCheckedException.class,
                CacheStoppedException.class);
    }

    /** Returns whether a server had no memory left for a record. */
    public static boolean isOutOfMemory(Throwable problem) {
        return Causes.have(problem, IgniteOutOfMemoryException.class);
    }

    /**
     * Returns whether a server had no memory left, and noticed before it wrote anything. Ignite tells that only by the
     * method in which it throws.
     */
    public static boolean isOutOfMemoryBeforeWrite(@Nullable Throwable problem) {
        IgniteOutOfMemoryException full = Causes.find(problem, IgniteOutOfMemoryException.class);
        return full != null
                && Arrays.stream(full.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("ensureFreeSpaceForInsert"));
    }

    /**
     * Returns whether a node did not start because somebody else has one of its ports. Discovery tells that by its message
     * alone.
     */
    public static boolean isPortTaken(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || String.valueOf(cause.getMessage()).contains("Failed to bind")) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a thread was interrupted while it was inside Ignite. */
    public static boolean isInterrupt(Throwable problem) {
        return Causes.have(
                problem,
                InterruptedException.class,
                IgniteInterruptedException.class,
                IgniteInterruptedCheckedException.class,
                ClosedByInterruptException.class);
    }
}
