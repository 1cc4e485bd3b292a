package io.github.ignitetasks.flow;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A timer that interrupts the thread that started it, unless that thread closes it in time. Closing it clears its
 * interrupt.
 */
final class TimeLimit implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Runnable whenReached;
    private boolean reached; // guarded by this

    private TimeLimit(Runnable whenReached) {
        this.whenReached = whenReached;
    }

    /** Starts the timeout of a flow, if the flow has one. At the timeout the action runs on another thread. */
    static TimeLimit start(NamedOptions flow, Runnable whenReached) {
        TimeLimit limit = new TimeLimit(whenReached);
        if (flow.options().hasTimeout()) {
            Duration timeout = flow.options().timeout();
            Thread timer = new Thread(() -> limit.await(timeout), "flow-" + flow.name() + "-timeout");
            timer.setDaemon(true);
            timer.start();
        }
        return limit;
    }

    synchronized boolean isReached() {
        return reached;
    }

    private void await(Duration timeout) {
        try {
            if (!closed.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS) && reach()) {
                whenReached.run();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the timer", e);
        }
    }

    private synchronized boolean reach() {
        reached = closed.getCount() > 0;
        if (reached) {
            thread.interrupt();
        }
        return reached;
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        if (reached) {
            Thread.interrupted();
        }
    }
}
