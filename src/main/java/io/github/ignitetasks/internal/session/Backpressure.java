package io.github.ignitetasks.internal.session;

import java.util.concurrent.TimeUnit;

/**
 * The bound on the calls of a session that have not ended: their number, and the bytes that their written form takes.
 * One call of any size fits while there is no other. Safe to share between threads.
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

    /** Takes the room that a call of that size needs; returns false if there is too little. */
    synchronized boolean tryTake(int size) {
        if (calls > 0 && (calls >= maxCalls || bytes + size > maxBytes)) {
            return false;
        }
        calls++;
        bytes += size;
        return true;
    }

    /** Takes the room that a call of that size needs; blocks until there is enough. */
    synchronized void take(int size) throws InterruptedException {
        while (!tryTake(size)) {
            wait();
        }
    }

    /** Waits until every call has ended; returns false if the time passes first. */
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

    /** Returns the room that a call of that size took. */
    synchronized void giveBack(int size) {
        calls--;
        bytes -= size;
        notifyAll();
    }

    /** Returns how many calls have not ended. */
    synchronized int calls() {
        return calls;
    }
}
