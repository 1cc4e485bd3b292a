package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.execution.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The pace at which a busy node writes states. A write, with the reply after it, takes about as much processor time as a
 * task of a millisecond, whatever it carries. So while each slot has its next work, a write begins some time after the
 * one before, and states gather meanwhile. No slot is idle because of that. Otherwise states are written at once.
 *
 * <p>Safe to share between threads.
 */
final class WritePace {
    /** The number of states that are worth a write of their own. */
    static final int ENOUGH = 64;

    private final long nanos;
    private final BooleanSupplier busy;
    private final Timer timer;
    private final Runnable write;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile long latest;

    /**
     * Makes a pace.
     *
     * @param pace the time from the begin of a write to the next
     * @param busy tells whether each slot has its next work
     * @param timer times the writes that are due later
     * @param write writes the gathered states, or has another thread do so
     */
    WritePace(Duration pace, BooleanSupplier busy, Timer timer, Runnable write) {
        this.nanos = pace.toNanos();
        this.busy = busy;
        this.timer = timer;
        this.write = write;
        this.latest = System.nanoTime() - nanos;
    }

    /** Returns whether this number of states is written now. If not, the write is due later. */
    boolean mayWrite(int states) {
        if (states >= ENOUGH || System.nanoTime() - latest >= nanos || !busy.getAsBoolean()) {
            return true;
        }
        return scheduled.compareAndSet(false, true) && !schedule();
    }

    /** Makes the next write due now. */
    void hurry() {
        latest = System.nanoTime() - nanos;
    }

    /** Notes that a write begins. */
    void onWrite() {
        latest = System.nanoTime();
    }

    /** Schedules the write; returns false if no thread can start for it. */
    private boolean schedule() {
        try {
            timer.after(Duration.ofNanos(nanos), this::onDue);
            return true;
        } catch (OutOfMemoryError e) {
            scheduled.set(false);
            return false;
        }
    }

    private void onDue() {
        scheduled.set(false); // first, so that a state that comes from now on has its own write
        try {
            write.run();
        } catch (OutOfMemoryError e) { // no thread can start now
            if (scheduled.compareAndSet(false, true)) {
                schedule();
            }
            throw e;
        }
    }
}
