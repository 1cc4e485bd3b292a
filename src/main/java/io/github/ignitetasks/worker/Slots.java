package io.github.ignitetasks.worker;

import io.github.ignitetasks.RunningCall.Wait;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
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
 * <p>Safe to share between threads. No work runs under the lock.
 */
public final class Slots implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final ExecutorService threads;
    private final Deque<Consumer<Slot>> queued = new ArrayDeque<>(); // guarded by this
    private final Deque<CountDownLatch> returning = new ArrayDeque<>(); // guarded by this

    /** How many more may run; below zero while more run than there are slots. Guarded by this. */
    private int free;

    private int size; // guarded by this
    private int threadsAtWork; // guarded by this
    private boolean draining; // guarded by this
    private boolean closed; // guarded by this

    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    /** Opens so many slots, from 1, whose threads bear the name. */
    public Slots(String name, int size) {
        this.size = checkSize(size);
        this.free = size;
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), new NamedThreads(name));
    }

    /**
     * Checks a number of slots.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public static int checkSize(int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be 1 or more, but is " + slots);
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
            if (free <= 0) {
                queued.add(work);
                return;
            }
            free--;
            threadsAtWork++; // here already, so that a drain waits for it
        }
        startCounted(work);
    }

    /** Returns the number of slots. */
    public synchronized int size() {
        return size;
    }

    /** Changes the number of slots; work that runs goes on. */
    public void resize(int newSize) {
        checkSize(newSize);
        Deque<Runnable> starts = new ArrayDeque<>();
        synchronized (this) {
            free += newSize - size;
            size = newSize;
            while (free > 0 && !(returning.isEmpty() && queued.isEmpty())) {
                free--;
                starts.add(next());
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
                    TakenSlot slot = new TakenSlot();
                    Thread.interrupted(); // what the work before left behind
                    current.accept(slot);
                    current = slot.end();
                }
            } finally {
                onThreadIdle();
            }
        });
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

    /** Returns how to hand on a slot that was taken from the free ones; called under the lock, to be run outside. */
    private Runnable next() {
        CountDownLatch waiting = returning.poll();
        if (waiting != null) {
            return waiting::countDown;
        }
        Consumer<Slot> work = queued.remove();
        return () -> start(work);
    }

    /** Gives a slot back: to work that returns to its own, or to queued work, which is returned to be run here. */
    private synchronized @Nullable Consumer<Slot> release() {
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

    private void releaseToOther() {
        Consumer<Slot> work = release();
        if (work != null) {
            start(work);
        }
    }

    private void takeBack() throws InterruptedException {
        CountDownLatch granted;
        synchronized (this) {
            if (free > 0) {
                free--;
                return;
            }
            granted = new CountDownLatch(1);
            returning.add(granted);
        }
        try {
            granted.await();
        } catch (InterruptedException e) {
            synchronized (this) {
                if (returning.remove(granted)) {
                    takeBackNow();
                }
            }
            throw e;
        }
    }

    /** For work that was interrupted: it is to end soon, and until then one more runs than there are slots. */
    private synchronized void takeBackNow() {
        free--;
    }

    /** One of the slots, while a piece of work has it. */
    private final class TakenSlot implements Slot {
        private Holding holding = Holding.HELD; // guarded by this

        @Override
        public <T extends @Nullable Object> T lend(Wait<T> wait) throws InterruptedException {
            if (!change(Holding.HELD, Holding.LENT)) {
                return wait.await();
            }
            releaseToOther();
            boolean interrupted = false;
            try {
                return wait.await();
            } catch (InterruptedException e) {
                interrupted = true;
                throw e;
            } finally {
                comeBack(interrupted);
            }
        }

        private void comeBack(boolean now) throws InterruptedException {
            try {
                if (now) {
                    takeBackNow();
                } else {
                    takeBack();
                }
            } finally {
                if (!change(Holding.LENT, Holding.HELD)) {
                    releaseToOther(); // it was given up meanwhile
                }
            }
        }

        @Override
        public void giveUp() {
            if (change(Holding.HELD, Holding.GIVEN_UP)) {
                releaseToOther();
            } else {
                change(Holding.LENT, Holding.GIVEN_UP);
            }
        }

        private @Nullable Consumer<Slot> end() {
            return change(Holding.HELD, Holding.GIVEN_UP) ? release() : null;
        }

        private synchronized boolean change(Holding from, Holding to) {
            boolean applies = holding == from;
            if (applies) {
                holding = to;
            }
            return applies;
        }
    }

    private enum Holding {
        HELD,
        LENT,
        GIVEN_UP
    }
}
