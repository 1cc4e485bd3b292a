package io.github.ignitetasks.internal.execution;

/**
 * The interrupt flag that code left set on its caller's thread. It may be meant for the caller, so the caller finds it
 * after the call. Another attempt or call on that thread must not find it. Each thread has its own.
 */
final class LeftInterrupt {
    private static final ThreadLocal<Boolean> LEFT = ThreadLocal.withInitial(() -> false);

    private LeftInterrupt() {}

    /** Clears the flag if code left it set. Returns whether the flag must be {@linkplain #putBack put back} later. */
    static boolean putAside() {
        boolean left = LEFT.get();
        if (left) {
            LEFT.set(false);
        }
        return left && Thread.interrupted();
    }

    /** Sets the flag again. */
    static void putBack() {
        LEFT.set(true);
        Thread.currentThread().interrupt();
    }

    /** Notes a flag that code left set; the flag was not set when that code began. */
    static void note() {
        if (Thread.currentThread().isInterrupted()) {
            LEFT.set(true);
        }
    }
}
