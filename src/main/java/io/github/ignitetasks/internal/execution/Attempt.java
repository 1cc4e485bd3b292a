package io.github.ignitetasks.internal.execution;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.FailedAttempt;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.State.Failed.Reason;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.context.NotRetriedException;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.context.SessionFuture;
import io.github.ignitetasks.internal.tracing.AttemptLabel;
import io.github.ignitetasks.internal.tracing.AttemptSpan;
import io.github.ignitetasks.internal.tracing.CallTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a call: it reads the call, runs it, and writes its state. Its outcome is decided once: by the end of
 * its code, or by a thread that stops it, whichever comes first. The attempt is over when its thread has left the code,
 * or when nothing waits for that thread any more.
 */
final class Attempt<R extends @Nullable Object> extends RunningCall {
    private final CallExecution<R> execution;
    private final CallSource<R> source;
    private final int number;

    /** The attempts that failed before this one. */
    private final List<FailedAttempt> failed;

    private final Slot slot;
    private final Consumer<Duration> next;
    private final Duration retryDelay;
    private final Instant startTime = Instant.now();
    private final CodeThread thread;
    private final AtomicReference<@Nullable Outcome<R>> decided = new AtomicReference<>();
    /** The session that was opened for the tasks of the code; only the code's thread uses it. */
    private @Nullable TaskSession opened;

    /** The progress that the code reports; null before its first report. Written once, under the lock. */
    private volatile @Nullable ProgressReports reports;

    private final AtomicBoolean over = new AtomicBoolean();

    /** Whether the code threw an exception that is not worth a retry. Code that was interrupted may throw such an exception too. */
    private volatile boolean isLast;

    private volatile Step step = Step.READING;

    /** Names what the code waits for; null while it has not lent its slot. */
    private volatile @Nullable Supplier<String> waitsFor;

    private enum Step {
        READING(", while its call was being read"),
        RUNNING(""),
        WRITING(", while its result was being written");

        private final String text;

        Step(String text) {
            this.text = text;
        }
    }

    /**
     * Makes an attempt.
     *
     * @param before the stage in which it is made
     * @param next starts the attempt after this one, after a delay
     */
    Attempt(CallExecution<R> execution, CallSource<R> source, Stage before, Slot slot, Consumer<Duration> next) {
        this.execution = execution;
        this.source = source;
        this.number = before.nextAttempt();
        this.failed = before.failedAttempts();
        this.slot = slot;
        this.next = next;
        this.retryDelay = execution.options().retries().delay(number);
        this.thread = new CodeThread(slot == Slot.OF_CALLER);
    }

    /** Runs the code on this thread, unless the attempt was stopped before. */
    void runCode() {
        boolean left = slot == Slot.OF_CALLER && LeftInterrupt.putAside();
        Outcome<R> outcome = executeUnlessStopped();
        if (outcome != null && decided.compareAndSet(null, outcome)) {
            execution.onDecided(this, outcome);
        }
        if (left) {
            LeftInterrupt.putBack();
        }
        end(false);
    }

    private @Nullable Outcome<R> executeUnlessStopped() {
        thread.enter(); // before the check, as a thread that stops the attempt decides before it interrupts
        try {
            return isCancelled() ? null : executeInContext();
        } finally {
            thread.leave();
        }
    }

    /** Runs the code in a context of its own, and restores the previous context. */
    private Outcome<R> executeInContext() {
        ThreadContext before = ThreadContext.enter(source.loader(), this);
        try {
            Optional<CallTrace> trace = source.trace();
            return trace.isEmpty() ? execute(AttemptSpan.NONE) : executeTraced(trace.get());
        } finally {
            before.leave();
        }
    }

    /** Runs the code in a span. The span tells the outcome that was decided, even if the code had another. */
    private Outcome<R> executeTraced(CallTrace trace) {
        AttemptSpan span = trace.start(new AttemptLabel(key(), name(), flowRun(), node(), number, startTime));
        Optional<State<?>> end = Optional.empty();
        try {
            span.shown().ifPresent(ThreadContext::show);
            Outcome<R> outcome = execute(span);
            Outcome<R> known = decided.get();
            if ((known == null ? outcome : known) instanceof Outcome.Ended<R> ended) {
                end = Optional.of(ended.state());
            }
            return outcome;
        } finally {
            span.end(end);
        }
    }

    /**
     * Reads the call, runs it, and writes its state. Each step runs user code, so the timeout covers all three. A
     * failure before the call's code starts is not the task's fault, so the state is Crashed.
     */
    @SuppressWarnings("CatchingUnchecked") // a failure to prepare or to read becomes the task's state
    private Outcome<R> execute(AttemptSpan span) {
        Runnable callOffTimeout = () -> {};
        try {
            source.prepare();
            callOffTimeout = startTimeout();
            TaskCall<R> call = source.call();
            if (span != AttemptSpan.NONE) {
                span.link(source.upstreamSpans());
            }
            return run(call, span);
        } catch (CallNotRunException e) {
            return new Outcome.NotRun<>(e.reason());
        } catch (Throwable e) {
            return new Outcome.Ended<>(new State.Crashed<>(Failure.of(e), executionInfo()));
        } finally {
            callOffTimeout.run();
            source.finish();
        }
    }

    private Runnable startTimeout() {
        return execution.options().hasTimeout()
                ? execution.timer().after(execution.options().timeout(), () -> stop(timedOut()))
                : () -> {};
    }

    private Outcome<R> run(TaskCall<R> call, AttemptSpan span) {
        State<R> ofCode = stateOfCode(call);
        State<R> state = notReady().orElse(ofCode);
        if (isToBeRetried(state)) {
            return new Outcome.Ended<>(state); // this state is not reported
        }
        step = Step.WRITING;
        thread.clearLeftBehind();
        return source.write(state, span.recorded());
    }

    /** Returns the state NotReady if the code waited for a future that did not complete, and was not found before. */
    private Optional<State<R>> notReady() {
        for (SessionFuture late : takeLate()) {
            Optional<? extends State<?>> ended =
                    late instanceof TaskFuture<?> future ? future.state() : Optional.empty();
            if (ended.isPresent() && !ended.get().isCompleted()) {
                return Optional.of(State.NotReady.because(late.key(), ended.get(), executionInfo()));
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("CatchingUnchecked") // whatever user code throws becomes the task's state
    private State<R> stateOfCode(TaskCall<R> call) {
        step = Step.RUNNING;
        try {
            return new State.Completed<>(
                    runAsCurrent(source.upstreams(), () -> callWithSession(call)), executionInfo());
        } catch (Throwable e) {
            Throwable thrown = e instanceof NotRetriedException given ? requireNonNull(given.getCause()) : e;
            isLast = thrown != e;
            thread.onThrown(thrown);
            return new State.Failed<>(Reason.EXCEPTION, Failure.of(thrown), executionInfo());
        }
    }

    /** Runs the code, and waits for the tasks of the session that was opened for it. */
    private R callWithSession(TaskCall<R> call) throws Exception {
        try {
            return call.call();
        } finally {
            if (opened != null) {
                opened.close(isCancelled() ? Duration.ZERO : CallOptions.FOREVER);
            }
        }
    }

    @Override
    public <T> Optional<T> resource(Class<T> type) {
        if (type.equals(TaskSession.class)) {
            return Optional.of(type.cast(source.session().orElseGet(this::openedSession)));
        }
        return source.resource(type);
    }

    private TaskSession openedSession() {
        TaskSession known = opened == null ? source.openSession() : opened;
        opened = known;
        return known;
    }

    private State<R> timedOut() {
        Failure failure = Failure.of(new TimeoutException("task '" + key() + "' ran longer than its timeout of "
                + execution.options().timeout() + step.text));
        return new State.Failed<>(Reason.TIMED_OUT, failure, executionInfo());
    }

    /** Cancels the attempt, unless its outcome is decided. */
    void cancel() {
        stop(execution.stopped(executionInfo(), false));
    }

    /** Decides the state before the code does, and interrupts the code. */
    private void stop(State<R> state) {
        Outcome<R> outcome = new Outcome.Ended<>(state);
        if (decided.compareAndSet(null, outcome)) {
            thread.interrupt();
            execution.onDecided(this, outcome);
            execution.timer().after(Timings.GRACE, () -> end(true));
        }
    }

    private void end(boolean stillRunning) {
        if (over.compareAndSet(false, true)) {
            if (stillRunning) {
                slot.giveUp();
            }
            if (reports != null) {
                reports.close();
            }
            execution.onOver(this, requireNonNull(decided.get()), stillRunning);
        }
    }

    /** Returns how long the execution waits before the next attempt. */
    Duration retryDelay() {
        return retryDelay;
    }

    /** Starts the next attempt, after the delay. */
    void startNext() {
        next.accept(retryDelay);
    }

    /** Returns whether an attempt follows if this one has that outcome. */
    boolean isToBeRetried(Outcome<R> outcome) {
        return outcome instanceof Outcome.Ended<R> ended && isToBeRetried(ended.state());
    }

    private boolean isToBeRetried(State<R> state) {
        return !execution.isExpired()
                && state instanceof State.Failed<R> failed
                && (failed.reason() == Reason.TIMED_OUT || !isLast)
                && number <= execution.options().retries().number();
    }

    /** Returns when and where the attempt ran, by its outcome, for a state that is not of its code. */
    ExecutionInfo executionInfo(Outcome<R> outcome) {
        return outcome instanceof Outcome.Ended<R> ended
                ? ended.state().executionInfo().withFailedAttempts(FailedAttempt.allOf(ended.state()))
                : executionInfo();
    }

    /** Returns when and where the attempt ran, as if it ended now. */
    ExecutionInfo executionInfo() {
        return new ExecutionInfo(startTime, Instant.now(), execution.node(), number, failed, false);
    }

    /** Returns the attempts that failed so far, with this one if it has. */
    List<FailedAttempt> failedAttempts() {
        return decided.get() instanceof Outcome.Ended<R> ended ? FailedAttempt.allOf(ended.state()) : failed;
    }

    @Override
    public String key() {
        return execution.key();
    }

    @Override
    public Optional<String> name() {
        return execution.options().name();
    }

    @Override
    public Optional<String> flowRun() {
        return execution.options().flowRun();
    }

    @Override
    public String node() {
        return execution.node();
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public boolean isCancelled() {
        return decided.get() != null;
    }

    @Override
    public Progress progress() {
        ProgressReports known = reports;
        return known == null ? firstReports() : known;
    }

    private synchronized ProgressReports firstReports() {
        ProgressReports known = reports;
        if (known == null) {
            known = new ProgressReports(
                    execution.timer(), this::isCancelled, progress -> execution.onProgress(number, progress));
            reports = known;
        }
        return known;
    }

    /** Returns what the code waits for; an empty text if it waits and nothing tells; empty if it does not wait. */
    Optional<String> waitsFor() {
        return Optional.ofNullable(waitsFor).map(Supplier::get);
    }

    /** Returns when the attempt started. */
    Instant startTime() {
        return startTime;
    }

    /** Returns what the code told last of its progress; empty if it told nothing. */
    Optional<TaskProgress> latestProgress() {
        return Optional.ofNullable(reports).map(ProgressReports::latest);
    }

    /** Returns the stack of the thread that runs the code; empty if none does. */
    Optional<String> stack() {
        return thread.stack();
    }

    /** Returns whether the code has told of its progress. */
    boolean hasToldProgress() {
        return reports != null;
    }

    @Override
    protected boolean mayWaitFor(SessionFuture future) {
        return !future.key().equals(key()) && source.mayWaitFor(future);
    }

    @Override
    public <T extends @Nullable Object> T lendSlot(Supplier<String> reason, Wait<T> wait) throws InterruptedException {
        execution.onPause();
        Supplier<String> outer = waitsFor;
        waitsFor = reason;
        try {
            return slot.lend(wait);
        } finally {
            waitsFor = outer;
        }
    }
}
