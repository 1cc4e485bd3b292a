package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.execution.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The pace at which a busy node writes states. A write, with the reply after it, takes about as much processor time as a
 * task of a millisecond, whatever it carries. So states gather for a moment while each slot has its next work: no slot
 * is idle because of that. Otherwise states are written at once.
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
     * @param pace how long states gather
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
        write.run();
    }
}
