package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.Requirements;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A number of slots, each of which runs one piece of work at a time. Work that finds no free slot, or not the permits
 * that it needs besides, waits in the order of a {@link CallQueue}.
 *
 * <p>Work that waits for other work {@linkplain Slot#lend lends} its slot, and takes precedence over queued work when
 * it comes back. Each started piece of work has a thread, so lent slots cost a thread each.
 *
 * <p>Work may ask to {@linkplain #runExclusively run exclusively}, while no other work holds a slot.
 *
 * <p>Safe to share between threads. No work runs under the lock.
 */
public final class Slots implements AutoCloseable {
    /** The largest number of slots. It equals the bound on the calls of a session that have not ended. */
    public static final int MOST = 65_536;

    private final SlotThreads threads;

    private final SlotLedger ledger; // guarded by this
    private Phase phase = Phase.OPEN; // guarded by this

    private enum Phase {
        OPEN,
        DRAINING,
        CLOSED
    }

    /** Work that holds all slots while it runs. */
    private record ExclusiveWork(SlotWork work) implements SlotWork {
        @Override
        public void accept(Slot slot) {
            work.accept(slot);
        }

        @Override
        public int priority() {
            return work.priority();
        }

        @Override
        public Requirements requirements() {
            return work.requirements();
        }

        @Override
        public void onHeldUp() {
            work.onHeldUp();
        }
    }

    /** Opens slots, at least one, whose threads bear the name. */
    public Slots(String name, int size) {
        this(new TaskThreads(name), size);
    }

    /** Opens slots, at least one, with these threads. */
    public Slots(ThreadFactory threads, int size) {
        this(threads, size, Permits.ofThisJvm());
    }

    /** Opens slots, at least one, with these threads, whose work takes these permits. */
    public Slots(ThreadFactory threads, int size, Permits permits) {
        checkSize(size);
        this.threads = new SlotThreads(threads, this::runInSlot);
        this.ledger = new SlotLedger(this.threads, size, permits);
    }

    /**
     * Checks a number of slots.
     *
     * @throws IllegalArgumentException if it is not positive, or more than {@link #MOST}
     */
    public static int checkSize(int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be 1 or more, but is " + slots);
        }
        if (slots > MOST) {
            throw new IllegalArgumentException(
                    "slots must be " + MOST + " or less, but is " + slots + "; each call that runs takes a thread");
        }
        return slots;
    }

    /** Runs work in a slot, at once if one is free; the work receives the slot that it holds. */
    public void run(SlotWork work) {
        boolean taken;
        synchronized (this) {
            if (!accepts()) {
                return;
            }
            taken = ledger.take(work);
        }
        if (taken) {
            threads.start(work);
        } else if (!work.requirements().isEmpty()) {
            startWhatMay();
        }
    }

    /**
     * Runs work once no other work holds a slot. Until it ends or lends its slot, no other work gets one. While it
     * waits, no queued work starts. Lent slots do not count, because their work may wait for this very work.
     *
     * @return removes the work from the queue, if it has not started
     */
    public Runnable runExclusively(SlotWork work) {
        ExclusiveWork apart = new ExclusiveWork(work);
        synchronized (this) {
            if (accepts()) {
                ledger.addExclusive(apart);
            }
        }
        startWhatMay();
        return () -> {
            synchronized (this) {
                ledger.removeExclusive(apart);
            }
            startWhatMay();
        };
    }

    /**
     * Returns whether new work is accepted and not dropped; called under the lock.
     *
     * @throws RejectedExecutionException if the slots are closed
     */
    private boolean accepts() {
        if (phase == Phase.CLOSED) {
            throw new RejectedExecutionException("the slots are closed");
        }
        return phase == Phase.OPEN;
    }

    /** Returns the number of slots. */
    public synchronized int size() {
        return ledger.size();
    }

    /** Returns how many slots are free. */
    public synchronized int freeSlots() {
        return ledger.freeSlots();
    }

    /** Starts waiting work that has its permits now. */
    public void retry() {
        startWhatMay();
    }

    /** Returns whether each slot has its next work, even if the work in all of them ends now. */
    public synchronized boolean isBusy() {
        return ledger.waiting() >= 2 * ledger.size();
    }

    /** Changes the number of slots; running work goes on. */
    public void resize(int newSize) {
        checkSize(newSize);
        synchronized (this) {
            ledger.resize(newSize);
        }
        startWhatMay();
    }

    /**
     * Starts no more work, and drops waiting and later work. Running work goes on.
     *
     * @return completes when no work runs any more
     */
    public CompletableFuture<Void> drain() {
        stop(Phase.DRAINING);
        return threads.drain();
    }

    /** Interrupts running work and drops waiting work; later work is rejected with an exception. */
    @Override
    public void close() {
        stop(Phase.CLOSED);
        threads.close();
    }

    private synchronized void stop(Phase next) {
        phase = phase == Phase.CLOSED ? Phase.CLOSED : next;
        ledger.dropNew();
    }

    /** Runs work in a slot that is taken for it, and returns the next work for that slot. */
    private @Nullable SlotWork runInSlot(SlotWork work) {
        return new SlotLease(this, work instanceof ExclusiveWork).run(work);
    }

    private void startWhatMay() {
        Deque<Runnable> starts = new ArrayDeque<>();
        List<SlotWork> heldUp;
        synchronized (this) {
            for (Runnable start = ledger.next(); start != null; start = ledger.next()) {
                starts.add(start);
            }
            heldUp = ledger.takeHeldUp();
        }
        starts.forEach(Runnable::run);
        heldUp.forEach(SlotWork::onHeldUp);
    }

    /**
     * Gives back the slot and the permits of work that ended. Returns queued work for that slot, which the caller must run
     * here.
     */
    @Nullable
    SlotWork release(boolean exclusively, Requirements taken) {
        SlotWork next;
        List<SlotWork> heldUp;
        synchronized (this) {
            ledger.giveBack(taken);
            if (exclusively || !taken.isEmpty() || ledger.isReserved()) {
                ledger.free(exclusively);
                next = null;
                heldUp = null;
            } else {
                next = ledger.handOn();
                heldUp = ledger.takeHeldUp();
            }
        }
        if (heldUp == null) {
            startWhatMay();
        } else {
            heldUp.forEach(SlotWork::onHeldUp);
        }
        return next;
    }

    /** Gives back the permits of work that gave its slot up before it ended. */
    void giveBack(Requirements taken) {
        if (!taken.isEmpty()) {
            synchronized (this) {
                ledger.giveBack(taken);
            }
            startWhatMay();
        }
    }

    /** Gives a slot back; the next work in it runs on another thread. */
    void releaseToOther(boolean exclusively) {
        SlotWork work = release(exclusively, Requirements.none());
        if (work != null) {
            threads.count();
            threads.start(work);
        }
    }

    /**
     * Takes a slot for work that lent its own, or all slots.
     *
     * @return the latch that opens once the work has it; null if it has it already
     */
    @Nullable
    CountDownLatch takeBack(boolean exclusively) {
        CountDownLatch granted;
        synchronized (this) {
            granted = ledger.takeBack(exclusively);
        }
        if (exclusively) {
            startWhatMay();
        }
        return granted;
    }

    /**
     * Ends the wait of interrupted work, with a slot beside others; returns false if the wait had ended before.
     *
     * @param granted the latch for which the work waited
     */
    boolean takeBackEarly(CountDownLatch granted, boolean exclusively) {
        boolean early;
        synchronized (this) {
            early = ledger.takeBackEarly(granted, exclusively);
        }
        if (early && exclusively) {
            startWhatMay(); // the slots are not reserved for it any more
        }
        return early;
    }

    /**
     * Takes a slot for interrupted work, which should end soon. Until then, one more piece of work may run than there
     * are slots.
     */
    synchronized void takeBackNow() {
        ledger.takeBackNow();
    }
}
