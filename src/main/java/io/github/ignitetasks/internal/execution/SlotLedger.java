package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.Requirements;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of slots: how many are free, and which work gets the next one. Work that returns goes first, then work that
 * wants all slots, then new work. It is not safe to share between threads; its owner guards it.
 */
final class SlotLedger {
    private final SlotThreads threads;
    private final Permits permits;

    /** The work that waits for a slot beside other work. */
    private final SlotQueue shared;

    /** The work that wants all slots, and work that lent them. */
    private final SlotQueue exclusive;

    /** The work that has its permits and waits for all slots. No new work starts beside it. */
    private @Nullable SlotWork nextExclusive;

    /** Whether work holds all slots: until it ends or lends them, no other work starts. */
    private boolean heldExclusively;

    private int size;

    /** How many more pieces of work may run; negative while more run than there are slots. */
    private int free;

    /** Makes a ledger of free slots; the threads start new work, which takes these permits. */
    SlotLedger(SlotThreads threads, int size, Permits permits) {
        this.threads = threads;
        this.permits = permits;
        this.shared = new SlotQueue(permits);
        this.exclusive = new SlotQueue(permits);
        this.size = size;
        this.free = size;
    }

    int size() {
        return size;
    }

    int freeSlots() {
        return Math.max(0, free);
    }

    /** Returns how much new work waits for nothing but a slot. */
    int waiting() {
        return shared.waiting();
    }

    void resize(int newSize) {
        free += newSize - size;
        size = newSize;
    }

    /**
     * Takes a slot for new work, whose thread is counted. If there is none, or the work needs more than a slot, queues the
     * work and returns false.
     */
    boolean take(SlotWork work) {
        if (free <= 0 || isReserved() || !work.requirements().isEmpty()) {
            shared.add(work);
            return false;
        }
        free--;
        threads.count();
        return true;
    }

    void addExclusive(SlotWork work) {
        exclusive.add(work);
        chooseExclusive();
    }

    void removeExclusive(SlotWork work) {
        if (work.equals(nextExclusive)) {
            dropNextExclusive();
        } else {
            exclusive.remove(work);
        }
    }

    /** Chooses the exclusive work for which all slots are kept. Work without its permits keeps none: it may wait long. */
    private void chooseExclusive() {
        if (!heldExclusively && nextExclusive == null) {
            nextExclusive = exclusive.poll();
        }
    }

    private void dropNextExclusive() {
        if (nextExclusive != null) {
            giveBack(nextExclusive.requirements());
            nextExclusive = null;
        }
    }

    /** Drops new work that waits. */
    void dropNew() {
        shared.dropNew();
        exclusive.dropNew();
        dropNextExclusive();
    }

    /** Returns whether new work must wait for exclusive work that runs or waits. */
    boolean isReserved() {
        return heldExclusively || nextExclusive != null || exclusive.hasReturning();
    }

    /** Takes a slot for the next work; returns the action that hands the slot on, which may start a thread. */
    @Nullable
    Runnable next() {
        chooseExclusive();
        if (heldExclusively || free <= 0) {
            return null;
        }
        if (!isReserved() || shared.hasReturning()) {
            CountDownLatch back = shared.pollReturning();
            return start(back, back == null ? shared.poll() : null);
        }
        if (free < size) {
            return null;
        }
        heldExclusively = true;
        CountDownLatch back = exclusive.pollReturning();
        SlotWork work = back == null ? nextExclusive : null;
        nextExclusive = back == null ? null : nextExclusive;
        return start(back, work);
    }

    private @Nullable Runnable start(@Nullable CountDownLatch back, @Nullable SlotWork work) {
        if (back != null) {
            free--;
            return back::countDown;
        }
        if (work == null) {
            return null;
        }
        free--;
        threads.count();
        return () -> threads.start(work);
    }

    /** Hands a slot on to work that returns, or returns the new work for it, or frees it; no work is exclusive. */
    @Nullable
    SlotWork handOn() {
        if (free >= 0) {
            CountDownLatch waiting = shared.pollReturning();
            if (waiting != null) {
                waiting.countDown();
                return null;
            }
            SlotWork work = shared.poll();
            if (work != null) {
                return work;
            }
        }
        free++;
        return null;
    }

    /** Frees a slot, or all of them if the work held them exclusively. */
    void free(boolean exclusively) {
        if (exclusively) {
            heldExclusively = false;
        }
        free++;
    }

    /** Gives the permits of ended work back. */
    void giveBack(Requirements taken) {
        if (!taken.isEmpty()) {
            permits.giveBack(taken);
        }
    }

    /** Takes the work that waits for its requirements although a slot is free. */
    List<SlotWork> takeHeldUp() {
        List<SlotWork> all = shared.takeHeldUp();
        List<SlotWork> apart = exclusive.takeHeldUp();
        if (apart.isEmpty()) {
            return all;
        }
        List<SlotWork> both = new ArrayList<>(all);
        both.addAll(apart);
        return both;
    }

    /** Takes a slot for work that lent its own; returns the latch that opens once it has one, or null if it has. */
    @Nullable
    CountDownLatch takeBack(boolean exclusively) {
        if (!exclusively && !heldExclusively && free > 0) {
            free--;
            return null;
        }
        CountDownLatch granted = new CountDownLatch(1);
        queue(exclusively).addReturning(granted);
        return granted;
    }

    /** Takes a slot for work that waits for that latch; returns false if the latch has opened before. */
    boolean takeBackEarly(CountDownLatch granted, boolean exclusively) {
        boolean early = queue(exclusively).removeReturning(granted);
        if (early) {
            takeBackNow();
        }
        return early;
    }

    /** Takes a slot, even if none is free. */
    void takeBackNow() {
        free--;
    }

    private SlotQueue queue(boolean exclusively) {
        return exclusively ? exclusive : shared;
    }
}
