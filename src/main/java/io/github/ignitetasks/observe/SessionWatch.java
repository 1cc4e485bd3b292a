package io.github.ignitetasks.observe;

import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionSnapshot.PendingCounts;
import io.github.ignitetasks.internal.events.TaskEvents;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks again and again how far a session is, and has it shown, on a thread of its own. It reads the counts that the
 * session keeps anyway, so it takes no part in the events of tasks.
 */
final class SessionWatch implements TaskEvents {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The share of its time that the thread may count pending tasks: one of so many parts. */
    private static final long LOOK_SHARE = 50;

    private static final long END_MILLIS = 500;

    private final ObservedSession session;
    private final ProgressDisplay display;
    private final LongSupplier clock;
    private final long startNanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private volatile ProgressNumbers numbers = ProgressNumbers.NONE;

    private long nextLookNanos; // confined to the thread
    private long running; // confined to the thread

    SessionWatch(ObservedSession session, ProgressDisplay display, LongSupplier clock) {
        this.session = session;
        this.display = display;
        this.clock = clock;
        this.startNanos = clock.getAsLong();
        this.nextLookNanos = startNanos;
        this.thread = new Thread(this::run, session.name() + "-progress");
        thread.setDaemon(true);
        display.begin(this);
    }

    /** Starts to watch a session. */
    static SessionWatch start(ObservedSession session, ProgressDisplay display) {
        SessionWatch watch = new SessionWatch(session, display, System::nanoTime);
        watch.thread.start();
        return watch;
    }

    /** Returns the time at which this began. */
    long startNanos() {
        return startNanos;
    }

    /** Returns the latest numbers. */
    ProgressNumbers numbers() {
        return numbers;
    }

    private void run() {
        try {
            while (!closed.await(display.interval().toMillis(), TimeUnit.MILLISECONDS)) {
                update();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does so; whoever did wants this thread to end
        }
    }

    /** Takes the numbers of now, and has them shown. */
    void update() {
        ProgressNumbers counted = ProgressNumbers.of(session.counts().byName().values());
        numbers = counted.running() > 0 ? counted : counted.withRunning(running(counted));
        display.show(this, clock.getAsLong());
    }

    /** Returns how many tasks run. Nodes do not report each start, so it asks them from time to time, if the number is shown. */
    private long running(ProgressNumbers counted) {
        if (counted.pending() == 0) {
            running = 0;
            return 0;
        }
        long before = clock.getAsLong();
        if (before - nextLookNanos >= 0 && display.isDue(this, counted, before)) {
            running = session.snapshot().pending().values().stream()
                    .mapToLong(PendingCounts::running)
                    .sum();
            long after = clock.getAsLong();
            nextLookNanos = after + Math.max(LOOK_NANOS, (after - before) * LOOK_SHARE);
        }
        return Math.min(running, counted.pending());
    }

    /** Ends the watch. It does not wait for a node that does not answer. */
    @Override
    public void closed() {
        closed.countDown();
        boolean interrupted = Thread.interrupted(); // also an interrupted session removes its line
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        display.end(this);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
