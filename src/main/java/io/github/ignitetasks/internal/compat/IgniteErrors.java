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
 * A classifier of Ignite's failures. Ignite reports these failures with internal exceptions that have no public types.
 */
public final class IgniteErrors {
    private IgniteErrors() {}

    /** Returns whether a node refused because it is stopping. Another node will answer once it has left. */
    public static boolean isNodeStopping(Throwable problem) {
        return Causes.have(problem, NodeStoppingException.class, CacheStoppedException.class);
    }

    /**
     * Returns whether a client refused because it has lost its grid or has joined another. In the latter case the
     * caches of the previous grid count as stopped.
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
     * Returns whether a server ran out of memory before it wrote any data. Only the method that throws the exception
     * reveals this.
     */
    public static boolean isOutOfMemoryBeforeWrite(@Nullable Throwable problem) {
        IgniteOutOfMemoryException full = Causes.find(problem, IgniteOutOfMemoryException.class);
        return full != null
                && Arrays.stream(full.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("ensureFreeSpaceForInsert"));
    }

    /**
     * Returns whether a node did not start because one of its ports is in use. Discovery reveals this only in its
     * message.
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

    /** Returns whether a thread was interrupted inside Ignite. */
    public static boolean isInterrupt(Throwable problem) {
        return Causes.have(
                problem,
                InterruptedException.class,
                IgniteInterruptedException.class,
                IgniteInterruptedCheckedException.class,
                ClosedByInterruptException.class);
    }
}
