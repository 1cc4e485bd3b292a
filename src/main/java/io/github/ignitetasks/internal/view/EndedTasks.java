package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.internal.json.JsonWriter;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ended tasks of a run. Tasks are added by a buffer, and their states are read later. The numbers of the histograms
 * are exact, whatever the buffer drops. Safe to share between threads.
 */
final class EndedTasks {
    private static final Logger LOG = LoggerFactory.getLogger(EndedTasks.class);

    /** How many tasks are read with one lock. */
    private static final int BATCH = 512;

    /** How much later than another a session may hear of a task that ended before it, in microseconds. */
    private static final long LATENESS = 200_000;

    private final RunClock clock;
    private final TaskNames names;
    private final EndedBuffer buffer = new EndedBuffer();
    private final Histogram waits = new Histogram();
    private final Histogram runs = new Histogram();

    /** The tasks that the buffer dropped: all, those that failed, and those that ran. */
    private final LongAdder dropped = new LongAdder();

    private final LongAdder droppedFailures = new LongAdder();
    private final LongAdder droppedRuns = new LongAdder();

    private final TaskRing ring = new TaskRing(); // guarded by this
    private final NodeRows rows = new NodeRows(); // guarded by this
    private final FailureGroups failures = new FailureGroups(); // guarded by this
    private final RateSeries rates = new RateSeries(); // guarded by this
    private final Sampling sampling = new Sampling(); // guarded by this
    private final EndOrder order = new EndOrder(); // guarded by this

    private long ran; // guarded by this
    private long missed; // guarded by this
    private long noted; // dropped tasks that the rates have; guarded by this
    private long notedFailures; // guarded by this
    private long notedRuns; // guarded by this

    EndedTasks(RunClock clock, TaskNames names) {
        this.clock = clock;
        this.names = names;
    }

    /** Adds a task that has just ended; returns whether {@link #read} should be called soon. */
    boolean add(SessionTask task, StateType type, long runNanos) {
        long now = System.nanoTime();
        EndedBuffer.Added added = buffer.add(task, type, now, runNanos);
        if (added == EndedBuffer.Added.NO) {
            boolean hasRun = hasRun(task, type);
            count(task, hasRun, now, runNanos);
            droppedRuns.add(hasRun ? 1 : 0);
            droppedFailures.add(isFailure(type) ? 1 : 0);
            dropped.increment();
        }
        return added != EndedBuffer.Added.YES;
    }

    private static boolean isFailure(StateType type) {
        return type == StateType.FAILED || type == StateType.CRASHED;
    }

    private static boolean hasRun(SessionTask task, StateType type) {
        return !task.isCached() && (type == StateType.COMPLETED || task.attempt() > 0);
    }

    private void count(SessionTask task, boolean hasRun, long endNanos, long runNanos) {
        if (hasRun) {
            runs.add(runNanos);
            if (task.attempt() <= 1) { // a retry did not start when the task first did
                waits.add(endNanos - task.submittedNanos() - runNanos);
            }
        }
    }

    /** Reads what was added. */
    void read() {
        while (readBatch() == BATCH) {
            Thread.onSpinWait(); // between two batches, a frame may have the lock
        }
    }

    private synchronized int readBatch() {
        int count = buffer.read(BATCH, this::onEnded);
        noteDropped();
        keepUntil(RunClock.micros(System.nanoTime()) - LATENESS);
        return count;
    }

    private void keepUntil(long time) {
        order.removeUntil(time, run -> ring.add(run, rows.rowOf(run.node(), run.start(), run.end())));
    }

    /** Reads what was added, and awaits no late tasks. */
    void finish() {
        read();
        synchronized (this) {
            keepUntil(Long.MAX_VALUE);
        }
    }

    private void onEnded(SessionTask task, StateType type, long endNanos, long runNanos) {
        boolean isFailure = isFailure(type);
        boolean hasRun = hasRun(task, type);
        rates.add(clock.elapsedMillis(endNanos), 1, isFailure ? 1 : 0);
        count(task, hasRun, endNanos, runNanos);
        ran += hasRun ? 1 : 0;
        if (!isFailure && !hasRun) {
            return;
        }
        if (!isFailure && !sampling.takes(endNanos)) {
            missed++;
            return;
        }
        try {
            ExecutionInfo info = task.executionInfo();
            if (hasRun) {
                order.add(inOurTime(runOf(task, type, info), RunClock.micros(endNanos)));
            }
            if (isFailure) {
                addFailure(task, type, info);
            }
        } catch (RuntimeException e) {
            LOG.debug("the state of task '{}' cannot be read", task.key(), e);
            missed++;
        }
    }

    private TaskRun runOf(SessionTask task, StateType type, ExecutionInfo info) {
        return new TaskRun(
                task.key(),
                names.numberOf(task),
                info.node(),
                RunClock.micros(info.startTime()),
                RunClock.micros(info.endTime()),
                info.attempt(),
                type,
                (int) ran);
    }

    private TaskRun inOurTime(TaskRun run, long heardAt) {
        return run.shiftedBy(rows.shift(run.node(), run.end(), heardAt));
    }

    private void addFailure(SessionTask task, StateType type, ExecutionInfo info) {
        Failure failure = task.failure().orElseGet(() -> Failure.ofText("", "", ""));
        failures.add(
                names.name(names.numberOf(task)),
                type,
                failure,
                new FailureGroups.Example(
                        task.key(),
                        failure.message(),
                        failure.stackTrace(),
                        info.node(),
                        info.attempt(),
                        info.endTime().toEpochMilli()));
    }

    /** Takes the numbers of dropped tasks since the last time as of tasks that ended now. */
    private void noteDropped() {
        long all = dropped.sum();
        if (all == noted) {
            return;
        }
        long failed = droppedFailures.sum();
        long hadRun = droppedRuns.sum();
        rates.add(clock.elapsedMillis(System.nanoTime()), all - noted, failed - notedFailures);
        failures.addUnknown(failed - notedFailures);
        ran += hadRun - notedRuns;
        noted = all;
        notedFailures = failed;
        notedRuns = hadRun;
    }

    /** Writes failures, stream, rates and the number of dropped tasks, as they were at a time. */
    synchronized void write(JsonWriter json, FrameLimits limits, RunClock.Moment now) {
        failures.write(json.object("failures"), limits);
        json.endObject().object("stream");
        new StreamFrame(ring, rows, names, limits)
                .write(json, 1_000 * clock.startedMillis(), 1_000 * now.millis(), (int) ran);
        json.endObject().object("rates");
        rates.write(json, clock.startedMillis(), now.elapsed());
        waits.write(json.object("wait"));
        runs.write(json.endObject().object("run"));
        json.endObject().endObject().field("dropped", noted + missed);
    }

    /** Returns when a task last ended on each node, in microseconds since the epoch. */
    synchronized Map<String, Long> lastEnds() {
        return rows.lastEnds();
    }

    /** Writes the tasks that are kept as a trace. */
    synchronized void writeTrace(TraceWriter trace) throws IOException {
        trace.write(ring, rows, names);
    }
}
