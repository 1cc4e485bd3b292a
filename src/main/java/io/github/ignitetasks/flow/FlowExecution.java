package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.FailedAttempt;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.Retries;
import io.github.ignitetasks.State;
import io.github.ignitetasks.State.Failed.Reason;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.base.ElapsedTime;
import io.github.ignitetasks.internal.base.PlainText;
import io.github.ignitetasks.internal.context.RunningCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a flow once: the body runs on the calling thread, attempt after attempt, in one session. Used by one thread.
 *
 * <p>The body is not a call of the runner. If a task runs a flow, the flow's waits are waits of that task and lend its
 * slot. Outside of tasks, the body of a flow may wait for any future.
 */
final class FlowExecution<R extends @Nullable Object> {
    private static final Logger LOG = LoggerFactory.getLogger(FlowExecution.class);

    /** The node name of bodies: they run in this JVM, wherever the tasks run. */
    private static final String NODE = "local";

    private final NamedOptions flow;
    private final TaskRunner runner;
    private final @Nullable UUID runId;
    private final FlowWithoutArgument.Body<R> body;

    private long startNanos;

    /** The number of attempts in this process so far, including the current one. */
    private int attempts;

    /** The latest state of which is known whether an attempt follows. */
    private @Nullable State<R> judged;

    private boolean again;

    /** The attempts in this process that failed before the current one. */
    private List<FailedAttempt> failed = List.of();

    private volatile @Nullable FlowRun current;
    private volatile boolean stopped;

    /** Makes an execution. It starts a new flow run if no run id is given. */
    FlowExecution(NamedOptions flow, TaskRunner runner, @Nullable UUID runId, FlowWithoutArgument.Body<R> body) {
        this.flow = flow;
        this.runner = runner;
        this.runId = runId;
        this.body = body;
    }

    /** Stops the attempt that runs, and lets none follow. */
    void stop() {
        stopped = true;
        FlowRun run = current;
        if (run != null) {
            run.stop();
        }
    }

    /**
     * Runs the flow in the session of a flow run that calls it.
     *
     * @param isNew whether nobody can have run it before
     */
    FlowReport<R> runIn(TaskSession session, boolean isNew) {
        UUID id = requireNonNull(runId, "a called flow has a run id");
        LOG.info("flow '{}' run {} started", flow.name(), id);
        startNanos = System.nanoTime();
        FlowReport<R> report = report(id, isNew, session);
        if (Thread.currentThread().isInterrupted()) {
            stop(); // an interrupted flow waits for nothing more; its caller waits for the tasks, or closes
        }
        logEnd(report, System.nanoTime() - startNanos);
        return report;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Waits until the tasks of the latest attempt have ended. */
    void awaitTasks() {
        FlowRun run = current;
        if (run != null) {
            run.awaitTasks();
        }
    }

    /** Runs the flow and returns once the flow and all its tasks have ended. */
    FlowReport<R> run() {
        UUID id = runId == null ? UUID.randomUUID() : runId;
        LOG.info("flow '{}' run {} started on {}", flow.name(), id, runner.name());
        startNanos = System.nanoTime();
        TaskSession started;
        try {
            started = FlowListeners.withProgress(runner).start();
        } catch (TaskInterruptedException e) {
            return interruptedEarly(id);
        }
        FlowReport<R> report;
        long nanos;
        try (TaskSession session = started) {
            report = report(id, runId == null, session);
            nanos = System.nanoTime() - startNanos;
            if (Thread.currentThread().isInterrupted()) {
                session.close(Duration.ZERO); // cancels the tasks: an interrupted flow waits for nothing more
            }
        }
        logEnd(report, nanos); // once the session has removed its progress line
        return report;
    }

    private void logEnd(FlowReport<R> report, long nanos) {
        String reason = report.state().isCompleted()
                ? ""
                : "; " + PlainText.inOneLine(report.state().describe());
        LOG.info(
                "flow '{}' run {} ended {} in {}: {}{}",
                flow.name(),
                report.flowRunId(),
                report.state().name(),
                ElapsedTime.text(nanos),
                report.describeTasks(),
                reason);
    }

    private FlowReport<R> report(UUID id, boolean isNew, TaskSession session) {
        FlowRun run;
        try {
            run = isNew ? FlowRun.first(id, flow.name(), session) : FlowRun.resumed(id, flow.name(), session);
        } catch (TaskInterruptedException e) {
            return interruptedEarly(id);
        }
        State<R> state = attempt(run);
        while (isToBeRetried(state) && pause(run, state)) {
            try {
                run = run.next();
            } catch (TaskInterruptedException e) {
                break; // treated like an interrupt of the pause
            }
            failed = FailedAttempt.allOf(state);
            state = attempt(run);
        }
        return new FlowReport<>(flow.name(), id, state, run.taskStates(), run.ends());
    }

    private FlowReport<R> interruptedEarly(UUID id) {
        return new FlowReport<>(
                flow.name(),
                id,
                new State.Cancelled<>(false, ExecutionInfo.neverRan(NODE)),
                Map.of(),
                new EndsByName());
    }

    /**
     * Runs an attempt and returns its state. Its tasks have ended too, unless the attempt was interrupted or will be
     * retried.
     */
    private State<R> attempt(FlowRun run) {
        attempts++;
        current = run;
        if (stopped) {
            run.stop();
        }
        Instant start = Instant.now();
        TimeLimit limit = TimeLimit.start(flow, run::stop);
        State<R> state;
        try (limit) {
            state = bodyState(run, start);
            if (!limit.isReached() && !isToBeRetried(state)) {
                state = stateAfterTasks(run, state);
            }
        }
        if (limit.isReached()) {
            run.stop();
            return stateAfterTasks(run, timedOut(run, state));
        }
        return state;
    }

    private State<R> bodyState(FlowRun run, Instant start) {
        boolean before = Thread.currentThread().isInterrupted();
        try {
            R result = body.run(run);
            return new State.Completed<>(result, trace(run, start));
        } catch (Throwable e) { // any exception of the body becomes the flow's state
            if (isFromInterrupt(e, before)) {
                Thread.currentThread().interrupt();
                return new State.Cancelled<>(false, trace(run, start));
            }
            return new State.Failed<>(Reason.EXCEPTION, Failure.of(e), trace(run, start));
        }
    }

    /** Returns whether an exception is of an interrupt type and this thread was really interrupted. */
    private static boolean isFromInterrupt(Throwable problem, boolean before) {
        if (!TaskInterruptedException.saysInterrupted(problem)) {
            return false;
        }
        boolean interrupted = before || TaskInterruptedException.isFromInterrupt(problem);
        if (!interrupted && problem instanceof TaskInterruptedException) {
            Thread.interrupted(); // the constructor of the body's exception set the flag
        }
        return interrupted;
    }

    /**
     * Waits for the tasks and returns the state. A flow that would complete is Cancelled if the wait is interrupted.
     */
    private State<R> stateAfterTasks(FlowRun run, State<R> state) {
        boolean interrupted = false;
        try {
            run.awaitTasks();
            if (state.isCompleted()) {
                FetchedResults.in(state.result());
            }
        } catch (TaskInterruptedException e) {
            interrupted = true;
        }
        if (!state.isCompleted()) {
            return state;
        }
        ExecutionInfo trace = trace(run, state.startTime());
        return interrupted ? new State.Cancelled<>(false, trace) : new State.Completed<>(state.result(), trace);
    }

    private State<R> timedOut(FlowRun run, State<R> state) {
        TimeoutException exception = new TimeoutException("flow '" + flow.name() + "' ran longer than its timeout of "
                + flow.options().timeout());
        state.failure().flatMap(Failure::throwable).ifPresent(exception::initCause);
        return new State.Failed<>(Reason.TIMED_OUT, Failure.of(exception), trace(run, state.startTime()));
    }

    private boolean isToBeRetried(State<R> state) {
        if (judged != state) { // the condition is code of the user, which is asked once
            judged = state;
            again = mayRunAgain(state);
        }
        return again && !stopped;
    }

    private boolean mayRunAgain(State<R> state) {
        Retries retries = flow.options().retries();
        return state instanceof State.Failed<R> failed
                && attempts <= retries.number()
                && (failed.reason() == Reason.TIMED_OUT
                        || failed.cause().throwable().map(retries::isOn).orElse(true));
    }

    /** Waits before the next attempt; returns false if this thread is interrupted. */
    private boolean pause(FlowRun run, State<R> state) {
        Duration delay = flow.options().retries().delay(attempts);
        LOG.info(
                "flow '{}' run {} attempt {} of {} {}; again in {}",
                flow.name(),
                run.id(),
                attempts,
                flow.options().retries().number() + 1,
                state.describe(),
                delay);
        try {
            return RunningCall.lendSlotWhile(() -> "the next attempt of its flow", () -> {
                TimeUnit.NANOSECONDS.sleep(TimeUnit.NANOSECONDS.convert(delay));
                return !Thread.currentThread().isInterrupted(); // a sleep of zero ignores the flag
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ExecutionInfo trace(FlowRun run, Instant start) {
        return new ExecutionInfo(start, Instant.now(), NODE, run.runCount(), failed, false);
    }
}
