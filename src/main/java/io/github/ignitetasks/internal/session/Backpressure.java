package io.github.ignitetasks.internal.session;

import java.util.concurrent.TimeUnit;

/**
 * How much a session lets be submitted ahead of what has ended: so many calls, and so many bytes of calls that were
 * written; one call of any size fits where there is no other. Safe to share between threads.
 */
final class Backpressure {
    private final int maxCalls;
    private final long maxBytes;
    private int calls; // guarded by this
    private long bytes; // guarded by this

    Backpressure(int maxCalls, long maxBytes) {
        this.maxCalls = maxCalls;
        this.maxBytes = maxBytes;
    }

    /** Takes room for a call of that size, if there is. */
    synchronized boolean tryTake(int size) {
        if (calls > 0 && (calls >= maxCalls || bytes + size > maxBytes)) {
            return false;
        }
        calls++;
        bytes += size;
        return true;
    }

    /** Takes room for a call of that size; waits until there is. */
    synchronized void take(int size) throws InterruptedException {
        while (!tryTake(size)) {
            wait();
        }
    }

    /** Waits until there is no call; returns whether that came within the time. */
    synchronized boolean awaitEmpty(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        for (long left = nanos; calls > 0; left = nanos - (System.nanoTime() - start)) {
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** Gives back what a call of that size took. */
    synchronized void giveBack(int size) {
        calls--;
        bytes -= size;
        notifyAll();
    }

    /** Returns how many calls there are. */
    synchronized int calls() {
        return calls;
    }
}
