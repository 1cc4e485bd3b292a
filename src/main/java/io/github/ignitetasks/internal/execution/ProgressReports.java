package io.github.ignitetasks.internal.execution;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.context.RunningCall;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The reports of one attempt's progress. The code may report as often as it likes. The first report is sent at once. Later
 * reports are sent once in {@link Timings#PROGRESS_PACE}, and the latest one is always sent. Safe to share between threads.
 */
final class ProgressReports implements RunningCall.Progress {
    private final Timer timer;
    private final BooleanSupplier isOver;
    private final Consumer<TaskProgress> sink;

    private final AtomicReference<Told> latest = new AtomicReference<>(new Told(0, 0, "", 0));

    /** Whether a thread or the timer is about to pass the latest report on. */
    private final AtomicBoolean due = new AtomicBoolean();

    /** The earliest time of the next report, by {@code System.nanoTime}; only the holder of {@link #due} uses it. */
    private volatile long next = System.nanoTime();

    private volatile Runnable callOff = () -> {};

    /** The latest report of the code, and its time by {@code System.nanoTime}. */
    private record Told(long done, long total, String text, long nanos) {}

    /**
     * Makes reports of an attempt that has told nothing yet.
     *
     * @param timer passes on the report that came too soon after another
     * @param isOver tells whether the outcome of the attempt is decided; later reports do not count
     * @param sink receives the reports
     */
    ProgressReports(Timer timer, BooleanSupplier isOver, Consumer<TaskProgress> sink) {
        this.timer = timer;
        this.isOver = isOver;
        this.sink = sink;
    }

    @Override
    public void tell(long done, long total) {
        long now = System.nanoTime();
        latest.updateAndGet(before -> new Told(done, total, before.text, now));
        passOn(now);
    }

    @Override
    public void tell(String text) {
        requireNonNull(text, "text");
        long now = System.nanoTime();
        latest.updateAndGet(before -> new Told(before.done, before.total, text, now));
        passOn(now);
    }

    private void passOn(long now) {
        if (due.get() || isOver.getAsBoolean() || !due.compareAndSet(false, true)) {
            return;
        }
        long left = next - now;
        if (left <= 0) {
            send();
        } else {
            callOff = timer.after(Duration.ofNanos(left), this::send);
        }
    }

    private void send() {
        next = System.nanoTime() + Timings.PROGRESS_PACE.toNanos();
        due.set(false); // before the read, so that each later report is either read here or has a turn of its own
        if (!isOver.getAsBoolean()) {
            sink.accept(progress(requireNonNull(latest.get(), "a value is set at all times")));
        }
    }

    private static TaskProgress progress(Told told) {
        Instant time = Instant.now().minusNanos(System.nanoTime() - told.nanos);
        return new TaskProgress(told.done, told.total, told.text, time.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Returns the latest report. */
    TaskProgress latest() {
        return progress(requireNonNull(latest.get(), "a value is set at all times"));
    }

    /** Calls off the report that waits for its time; the attempt is over. */
    void close() {
        callOff.run();
    }
}
