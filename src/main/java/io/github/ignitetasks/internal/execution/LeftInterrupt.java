package io.github.ignitetasks.internal.execution;

/**
 * The interrupt flag that code left set on its caller's thread. It may be meant for the caller, who finds it after the call;
 * another attempt or call on that thread does not. Each thread has its own.
 */
final class LeftInterrupt {
    private static final ThreadLocal<Boolean> LEFT = ThreadLocal.withInitial(() -> false);

    private LeftInterrupt() {}

    /** Clears the flag if it was left by code. Returns whether it is to be {@linkplain #putBack put back}. */
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

    /** Takes note that code, which did not find the flag set, has ended. */
    static void note() {
        if (Thread.currentThread().isInterrupted()) {
            LEFT.set(true);
        }
    }
}
