package io.github.ignitetasks.internal.execution;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The work that waits for a slot: work that lent its slot and wants one back, and behind it new work. It is not safe to
 * share between threads; its owner guards it.
 */
final class SlotQueue {
    /** For each piece of work that returns, the latch that lets it go on. */
    private final Deque<CountDownLatch> returning = new ArrayDeque<>();

    private final CallQueue<Consumer<Slot>> queued = new FifoQueue<>();

    /** Adds new work. */
    void add(Consumer<Slot> work) {
        queued.add(work);
    }

    /** Removes new work that is not wanted any more. */
    void remove(Consumer<Slot> work) {
        List<Consumer<Slot>> all = queued.takeAll();
        all.remove(work);
        all.forEach(queued::add);
    }

    /** Takes the new work that goes next. */
    @Nullable
    Consumer<Slot> poll() {
        return queued.poll();
    }

    /** Returns how much new work waits. */
    int waiting() {
        return queued.size();
    }

    /** Drops all new work; work that returns still waits. */
    void dropNew() {
        queued.takeAll();
    }

    /** Adds the latch of work that wants its slot back. */
    void addReturning(CountDownLatch granted) {
        returning.add(granted);
    }

    /** Removes the latch of work that does not wait any more; returns whether the latch was still there. */
    boolean removeReturning(CountDownLatch granted) {
        return returning.remove(granted);
    }

    /** Takes the latch of the work that returns next. */
    @Nullable
    CountDownLatch pollReturning() {
        return returning.poll();
    }

    boolean hasReturning() {
        return !returning.isEmpty();
    }

    boolean isEmpty() {
        return returning.isEmpty() && queued.isEmpty();
    }
}
