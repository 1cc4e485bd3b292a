package io.github.ignitetasks.internal.view;

/**
 * Chooses which tasks are read in full: all of them up to about {@value #MAX_RATE} a second, and above that evenly
 * one of several. Not safe to share.
 */
final class Sampling {
    static final long MAX_RATE = 20_000;

    private static final long SECOND = 1_000_000_000;
    private static final long INTERVAL = SECOND / 4;

    private long since = System.nanoTime();
    private long count;
    private long stride = 1;

    /** Returns whether to read a task that ended at a {@link System#nanoTime()}. */
    boolean takes(long nanoTime) {
        count++;
        long passed = nanoTime - since;
        if (passed >= INTERVAL) {
            double rate = (double) count * SECOND / passed;
            stride = Math.max(1, Math.round(rate / MAX_RATE));
            since = nanoTime;
            count = 0;
        }
        return count % stride == 0;
    }
}
