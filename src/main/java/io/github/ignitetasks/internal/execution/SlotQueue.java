package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.Requirements;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The work that waits for a slot: work that lent its slot and wants one back, and behind it new work. New work that
 * starts has its permits. It is not safe to share between threads; its owner guards it.
 */
final class SlotQueue {
    private final Permits permits;

    /** For each piece of work that returns, the latch that lets it go on. */
    private final Deque<CountDownLatch> returning = new ArrayDeque<>();

    private final CallQueue<SlotWork> queued = new CallQueue<>(SlotWork::priority, SlotWork::requirements);

    /** The new work that waits and has not been told that its requirements hold it up. */
    private final Map<Requirements, Set<SlotWork>> untold = new HashMap<>();

    private List<SlotWork> heldUp = new ArrayList<>();

    /** How much of the new work needs more than a slot. */
    private int needing;

    /** Makes an empty queue of work that takes these permits. */
    SlotQueue(Permits permits) {
        this.permits = permits;
    }

    /** Adds new work. */
    void add(SlotWork work) {
        queued.add(work);
        if (!work.requirements().isEmpty()) {
            needing++;
            untold.computeIfAbsent(work.requirements(), needed -> new LinkedHashSet<>())
                    .add(work);
        }
    }

    /** Removes new work that is not wanted any more. */
    void remove(SlotWork work) {
        List<SlotWork> all = queued.takeAll();
        if (all.remove(work)) {
            forget(work);
        }
        all.forEach(queued::add);
    }

    /** Takes the new work that goes next and has its permits now. */
    @Nullable
    SlotWork poll() {
        SlotWork next = queued.poll(this::mayStart);
        if (next != null) {
            forget(next);
        }
        return next;
    }

    private boolean mayStart(Requirements needed) {
        if (needed.isEmpty() || permits.tryTake(needed)) {
            return true;
        }
        Set<SlotWork> waiting = untold.remove(needed);
        if (waiting != null) {
            heldUp.addAll(waiting);
        }
        return false;
    }

    private void forget(SlotWork work) {
        if (work.requirements().isEmpty()) {
            return;
        }
        needing--;
        Set<SlotWork> waiting = untold.get(work.requirements());
        if (waiting != null && waiting.remove(work) && waiting.isEmpty()) {
            untold.remove(work.requirements());
        }
    }

    /** Takes the work that the last polls found to be held up by its requirements. */
    List<SlotWork> takeHeldUp() {
        if (heldUp.isEmpty()) {
            return List.of();
        }
        List<SlotWork> all = heldUp;
        heldUp = new ArrayList<>();
        return all;
    }

    /** Returns how much new work waits for nothing but a slot. */
    int waiting() {
        return queued.size() - needing;
    }

    /** Drops all new work; work that returns still waits. */
    void dropNew() {
        queued.takeAll();
        untold.clear();
        needing = 0;
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
