package io.github.ignitetasks.internal.execution;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A number of slots, each of which runs one piece of work at a time. Work that finds no free slot waits in order.
 *
 * <p>Work that waits for other work {@linkplain Slot#lend lends} its slot, and takes precedence over queued work when
 * it comes back. Each started piece of work has a thread, so lent slots cost a thread each.
 *
 * <p>Work may ask to {@linkplain #runAlone run alone}, while no other work holds a slot.
 *
 * <p>Safe to share between threads. No work runs under the lock.
 */
public final class Slots implements AutoCloseable {
    /** The largest number of slots. It equals the bound on the calls of a session that have not ended. */
    public static final int MOST = 65_536;

    private static final long IDLE_SECONDS = 10;

    private final ExecutorService threads;
    private final CallQueue<Consumer<Slot>> queued = new FifoQueue<>(); // guarded by this
    private final Deque<CountDownLatch> returning = new ArrayDeque<>(); // guarded by this
    private final Deque<Alone> queuedAlone = new ArrayDeque<>(); // guarded by this
    private final Deque<CountDownLatch> returningAlone = new ArrayDeque<>(); // guarded by this

    /** Whether work runs alone: until it ends or lends its slot, no other work starts. Guarded by this. */
    private boolean alone;

    /** How many more pieces of work may run; negative while more run than there are slots. Guarded by this. */
    private int free;

    private int size; // guarded by this
    private int threadsAtWork; // guarded by this
    private boolean draining; // guarded by this
    private boolean closed; // guarded by this

    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    /** Opens slots, at least one, whose threads bear the name. */
    public Slots(String name, int size) {
        this(new TaskThreads(name), size);
    }

    /** Opens slots, at least one, with these threads. */
    public Slots(ThreadFactory threads, int size) {
        this.size = checkSize(size);
        this.free = size;
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
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
    public void run(Consumer<Slot> work) {
        synchronized (this) {
            if (closed) {
                throw new RejectedExecutionException("the slots are closed");
            }
            if (draining) {
                return;
            }
            if (free <= 0 || isForOneAlone()) {
                queued.add(work);
                return;
            }
            free--;
            threadsAtWork++; // counted under the lock, so that a drain waits for it
        }
        startCounted(work);
    }

    /**
     * Runs work once no other work holds a slot. Until it ends or lends its slot, no other work gets one. While it
     * waits, no queued work starts. Lent slots do not count, because their work may wait for this very work.
     *
     * @return removes the work from the queue, if it has not started
     */
    public Runnable runAlone(Consumer<Slot> work) {
        Alone apart = new Alone(work);
        synchronized (this) {
            if (closed) {
                throw new RejectedExecutionException("the slots are closed");
            }
            if (!draining) {
                queuedAlone.add(apart);
            }
        }
        startWhatMay();
        return () -> {
            synchronized (this) {
                queuedAlone.remove(apart);
            }
            startWhatMay();
        };
    }

    /** Work that must run alone. */
    private record Alone(Consumer<Slot> work) implements Consumer<Slot> {
        @Override
        public void accept(Slot slot) {
            work.accept(slot);
        }
    }

    /** Returns whether queued work must wait for work that runs alone or waits to; called under the lock. */
    private boolean isForOneAlone() {
        return alone || !queuedAlone.isEmpty() || !returningAlone.isEmpty();
    }

    /** Returns the number of slots. */
    public synchronized int size() {
        return size;
    }

    /** Changes the number of slots; running work goes on. */
    public void resize(int newSize) {
        checkSize(newSize);
        synchronized (this) {
            free += newSize - size;
            size = newSize;
        }
        startWhatMay();
    }

    private void startWhatMay() {
        Deque<Runnable> starts = new ArrayDeque<>();
        synchronized (this) {
            for (Runnable start = next(); start != null; start = next()) {
                starts.add(start);
            }
        }
        starts.forEach(Runnable::run);
    }

    /**
     * Starts no more work, and drops waiting and later work. Running work goes on.
     *
     * @return completes when no work runs any more
     */
    public CompletableFuture<Void> drain() {
        boolean idle;
        synchronized (this) {
            draining = true;
            queued.takeAll();
            queuedAlone.clear();
            idle = threadsAtWork == 0;
        }
        if (idle) {
            drained.complete(null);
        }
        return drained;
    }

    /** Interrupts running work and drops waiting work; later work is rejected with an exception. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            queued.takeAll();
            queuedAlone.clear();
        }
        threads.shutdownNow();
    }

    private void start(Consumer<Slot> work) {
        synchronized (this) {
            threadsAtWork++;
        }
        startCounted(work);
    }

    private void startCounted(Consumer<Slot> work) {
        threads.execute(() -> {
            try {
                Consumer<Slot> current = work;
                while (current != null) {
                    SlotLease slot = new SlotLease(this, current instanceof Alone);
                    Thread.interrupted(); // clear an interrupt that the previous work left behind
                    current = runIn(slot, current);
                }
            } finally {
                onThreadIdle();
            }
        });
    }

    /** Runs work, and returns the next work for its slot. If an error ends this thread, the slot is not lost. */
    private static @Nullable Consumer<Slot> runIn(SlotLease slot, Consumer<Slot> work) {
        boolean ended = false;
        try {
            work.accept(slot);
            ended = true;
        } finally {
            if (!ended) {
                slot.giveUp();
            }
        }
        return slot.end();
    }

    private void onThreadIdle() {
        boolean lastOfAll;
        synchronized (this) {
            threadsAtWork--;
            lastOfAll = draining && threadsAtWork == 0;
        }
        if (lastOfAll) {
            drained.complete(null);
        }
    }

    /** Takes a slot for the next work; returns the action that hands it on, which must run outside the lock. */
    private @Nullable Runnable next() {
        if (alone || free <= 0) {
            return null;
        }
        CountDownLatch back = returning.poll();
        if (back != null) {
            free--;
            return back::countDown;
        }
        if (isForOneAlone()) {
            return free == size ? nextAlone() : null;
        }
        Consumer<Slot> work = queued.poll();
        if (work == null) {
            return null;
        }
        free--;
        threadsAtWork++;
        return () -> startCounted(work);
    }

    private Runnable nextAlone() {
        alone = true;
        free--;
        CountDownLatch back = returningAlone.poll();
        if (back != null) {
            return back::countDown;
        }
        Alone work = queuedAlone.remove();
        threadsAtWork++;
        return () -> startCounted(work);
    }

    /** Gives a slot back: to work that returns to its own, or to queued work, which the caller must run here. */
    @Nullable
    Consumer<Slot> release() {
        synchronized (this) {
            if (!isForOneAlone()) {
                return handOn();
            }
            free++;
        }
        startWhatMay();
        return null;
    }

    /** Hands a slot on, or frees it; called under the lock. */
    private @Nullable Consumer<Slot> handOn() {
        if (free >= 0) {
            CountDownLatch waiting = returning.poll();
            if (waiting != null) {
                waiting.countDown();
                return null;
            }
            Consumer<Slot> work = queued.poll();
            if (work != null) {
                return work;
            }
        }
        free++;
        return null;
    }

    /** Gives a slot back; the next work in it runs on another thread. */
    void releaseToOther() {
        Consumer<Slot> work = release();
        if (work != null) {
            start(work);
        }
    }

    /** Gives back the slots of work that ran alone. */
    void releaseAll() {
        synchronized (this) {
            alone = false;
            free++;
        }
        startWhatMay();
    }

    /** Waits for a slot for work that lent its own. Interrupted work gets a slot at once. */
    void takeBack() throws InterruptedException {
        CountDownLatch granted;
        synchronized (this) {
            if (free > 0 && !alone) {
                free--;
                return;
            }
            granted = new CountDownLatch(1);
            returning.add(granted);
        }
        try {
            granted.await();
        } catch (InterruptedException e) {
            takeBackEarly(granted, returning);
            throw e;
        }
    }

    /** Queues work that must be alone again when it comes back; returns the latch that opens when it is. */
    CountDownLatch queueToBeAlone() {
        CountDownLatch granted = new CountDownLatch(1);
        synchronized (this) {
            returningAlone.add(granted);
        }
        startWhatMay();
        return granted;
    }

    /**
     * Ends the wait of interrupted work that was to be alone again, with a slot beside others; returns false if it is
     * alone.
     */
    boolean takeBackBesideOthers(CountDownLatch granted) {
        boolean early = takeBackEarly(granted, returningAlone);
        if (early) {
            startWhatMay();
        }
        return early;
    }

    /** Ends the wait of interrupted work, with a slot; returns false if the wait had ended before. */
    private synchronized boolean takeBackEarly(CountDownLatch granted, Deque<CountDownLatch> waiting) {
        boolean early = waiting.remove(granted);
        if (early) {
            takeBackNow();
        }
        return early;
    }

    /**
     * Takes a slot for interrupted work, which should end soon. Until then, one more piece of work may run than there
     * are slots.
     */
    synchronized void takeBackNow() {
        free--;
    }
}
