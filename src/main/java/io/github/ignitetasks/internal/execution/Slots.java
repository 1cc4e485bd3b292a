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
 * A number of slots, each of which runs one piece of work at a time; what finds none waits in order.
 *
 * <p>Work that waits for other work {@linkplain Slot#lend lends} its slot, and takes precedence over queued work when
 * it comes back. There are as many threads as pieces of work that have started, so lent slots cost a thread each.
 *
 * <p>Work may ask to run {@linkplain #runAlone alone}: with no other beside it that holds a slot.
 *
 * <p>Safe to share between threads. No work runs under the lock.
 */
public final class Slots implements AutoCloseable {
    /** So many calls at most have not ended in a session. */
    public static final int MOST = 65_536;

    private static final long IDLE_SECONDS = 10;

    private final ExecutorService threads;
    private final Deque<Consumer<Slot>> queued = new ArrayDeque<>(); // guarded by this
    private final Deque<CountDownLatch> returning = new ArrayDeque<>(); // guarded by this
    private final Deque<Alone> queuedAlone = new ArrayDeque<>(); // guarded by this
    private final Deque<CountDownLatch> returningAlone = new ArrayDeque<>(); // guarded by this

    /** Whether work runs that is to be alone: until it ends or lends its slot, no other starts. Guarded by this. */
    private boolean alone;

    /** How many more may run; below zero while more run than there are slots. Guarded by this. */
    private int free;

    private int size; // guarded by this
    private int threadsAtWork; // guarded by this
    private boolean draining; // guarded by this
    private boolean closed; // guarded by this

    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    /** Opens so many slots, from 1, whose threads bear the name. */
    public Slots(String name, int size) {
        this(new TaskThreads(name), size);
    }

    /** Opens so many slots, from 1, with these threads. */
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

    /** Runs work in a slot, at once if one is free; the work is given the slot it holds. */
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
            threadsAtWork++; // here already, so that a drain waits for it
        }
        startCounted(work);
    }

    /**
     * Runs work once nobody else holds a slot; until it has ended, or lends its slot, nobody else gets one. While it
     * waits, no queued work starts. Lent slots do not count: whoever lent one may wait for this very work.
     *
     * @return what takes the work out of the queue again, if it has not started
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

    /** Work that is to run alone. */
    private record Alone(Consumer<Slot> work) implements Consumer<Slot> {
        @Override
        public void accept(Slot slot) {
            work.accept(slot);
        }
    }

    /** Returns whether queued work has to wait for work that runs alone, or is to; called under the lock. */
    private boolean isForOneAlone() {
        return alone || !queuedAlone.isEmpty() || !returningAlone.isEmpty();
    }

    /** Returns the number of slots. */
    public synchronized int size() {
        return size;
    }

    /** Changes the number of slots; work that runs goes on. */
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
     * Starts nothing more: drops what waits, and what is submitted later. Work that runs goes on.
     *
     * @return completes when no work runs any more
     */
    public CompletableFuture<Void> drain() {
        boolean idle;
        synchronized (this) {
            draining = true;
            queued.clear();
            queuedAlone.clear();
            idle = threadsAtWork == 0;
        }
        if (idle) {
            drained.complete(null);
        }
        return drained;
    }

    /** Interrupts what runs and drops what waits; what is submitted later is refused by exception. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            queued.clear();
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
                    Thread.interrupted(); // what the work before left behind
                    current = runIn(slot, current);
                }
            } finally {
                onThreadIdle();
            }
        });
    }

    /** Runs work, and returns what is to run in its slot after it; an error that ends this thread takes no slot along. */
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

    /** Takes a slot for what comes next; returns how to hand it on, to be run outside the lock. */
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

    /** Gives a slot back: to work that returns to its own, or to queued work, which is returned to be run here. */
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

    /** Called under the lock. */
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

    /** Gives a slot back: what is to run in it does so on another thread. */
    void releaseToOther() {
        Consumer<Slot> work = release();
        if (work != null) {
            start(work);
        }
    }

    /** Gives the slots of work back that ran alone. */
    void releaseAll() {
        synchronized (this) {
            alone = false;
            free++;
        }
        startWhatMay();
    }

    /** Waits for a slot for work that has lent its own; interrupted, that has one nonetheless. */
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

    /** Queues work that is to be alone again when it comes back; returns what opens when it is. */
    CountDownLatch queueToBeAlone() {
        CountDownLatch granted = new CountDownLatch(1);
        synchronized (this) {
            returningAlone.add(granted);
        }
        startWhatMay();
        return granted;
    }

    /**
     * Ends the wait of work that was interrupted while it was to be alone again, with a slot; returns false if it is alone.
     */
    boolean takeBackBesideOthers(CountDownLatch granted) {
        boolean early = takeBackEarly(granted, returningAlone);
        if (early) {
            startWhatMay();
        }
        return early;
    }

    /** Ends the wait of work that was interrupted, with a slot; returns false if it had got what it waited for. */
    private synchronized boolean takeBackEarly(CountDownLatch granted, Deque<CountDownLatch> waiting) {
        boolean early = waiting.remove(granted);
        if (early) {
            takeBackNow();
        }
        return early;
    }

    /** For work that was interrupted: it is to end soon, and until then one more runs than there are slots. */
    synchronized void takeBackNow() {
        free--;
    }
}
