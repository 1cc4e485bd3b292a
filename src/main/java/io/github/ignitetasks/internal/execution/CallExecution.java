package io.github.ignitetasks.internal.execution;

import static io.github.ignitetasks.StateType.CANCELLED;
import static io.github.ignitetasks.StateType.FAILED;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.KeptFuture;
import io.github.ignitetasks.PlainText;
import io.github.ignitetasks.RunningCall;
import io.github.ignitetasks.State;
import io.github.ignitetasks.State.Failed.Reason;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run of one call in this JVM: attempt after attempt, until one decides the state or the run is cancelled.
 *
 * <p>Safe to share between threads.
 *
 * @param <R> the type of the result
 */
public final class CallExecution<R extends @Nullable Object> {
    private static final Logger LOG = LoggerFactory.getLogger(CallExecution.class);

    /** How long interrupted code may take to return before the run stops waiting for it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final String key;
    private final CallOptions options;
    private final Source<R> source;
    private final NodeContext place;
    private final Watcher<R> watcher;

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.QUEUED);

    private final AtomicBoolean paused = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean cancelled;
    private volatile @Nullable Attempt<R> latest;

    /** Removes the run from the queue of runs that need all slots. */
    private volatile Runnable callOff = () -> {};

    private enum Phase {
        QUEUED,
        AT_WORK,
        BETWEEN_ATTEMPTS,
        TAKEN_BACK
    }

    /**
     * Describes a run.
     *
     * @param key the key of the call
     * @param options its policies
     * @param source supplies the call for each attempt
     * @param place where it runs
     * @param watcher receives the end of the run, and its first pause
     */
    public CallExecution(String key, CallOptions options, Source<R> source, NodeContext place, Watcher<R> watcher) {
        this.key = key;
        this.options = options;
        this.source = source;
        this.place = place;
        this.watcher = watcher;
    }

    /** Runs in these slots, as soon as one is free. Between attempts it holds none. */
    public void runIn(Slots slots) {
        slots.run(slot -> attempt(slot, () -> place.timer().after(options.retryDelay(), () -> runIn(slots))));
    }

    /** Runs in these slots, once no other work holds one there. Between attempts it holds none. */
    public void runAloneIn(Slots slots) {
        callOff = slots.runAlone(slot ->
                attempt(slot, () -> place.timer().after(options.retryDelay(), () -> runAloneIn(slots))));
        if (told.get()) {
            callOff.run();
        }
    }

    /** Runs on this thread; returns when the state is decided. An interrupt while it waits for a retry cancels it. */
    public void runHere() {
        AtomicBoolean again = new AtomicBoolean(true);
        while (again.getAndSet(false)) {
            attempt(Slot.OF_CALLER, () -> again.set(pause()));
        }
        awaitEnded();
    }

    /**
     * Waits for the thread that reports the state, if that is another one. That thread has begun, so the wait is short.
     */
    private void awaitEnded() {
        boolean interrupted = false;
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Cancels the run. A waiting run never starts. A running one is interrupted, and becomes Cancelled once it has
     * returned or ignored the interrupt for too long.
     *
     * @return whether the run had not ended yet
     */
    public boolean cancel() {
        boolean open = !told.get(); // first, because this cancel may end the run before it returns
        cancelled = true;
        Attempt<R> attempt = latest;
        if (attempt == null || attempt.isOver()) {
            tell(new State.Cancelled<>(
                    false, attempt == null ? ExecutionInfo.neverRan(place.node()) : attempt.executionInfo()));
            callOff.run();
        } else {
            attempt.stop(new State.Cancelled<>(false, attempt.executionInfo()));
        }
        return open;
    }

    /**
     * Withdraws the run if it has not started: it never will, and the watcher gets no state. Returns whether it did.
     */
    public boolean withdraw() {
        return takeBack(Phase.QUEUED);
    }

    /** Withdraws the run as {@link #withdraw()} does, also while it waits for a retry. */
    public boolean abandon() {
        return withdraw() || takeBack(Phase.BETWEEN_ATTEMPTS);
    }

    private boolean takeBack(Phase from) {
        boolean taken = phase.compareAndSet(from, Phase.TAKEN_BACK) && told.compareAndSet(false, true);
        if (taken) {
            callOff.run();
        }
        return taken;
    }

    /** Returns whether that is the call of this run. */
    public boolean runs(RunningCall call) {
        return latest == call;
    }

    private void attempt(Slot slot, Runnable again) {
        Attempt<R> before = latest;
        if (!phase.compareAndSet(before == null ? Phase.QUEUED : Phase.BETWEEN_ATTEMPTS, Phase.AT_WORK)) {
            return;
        }
        Attempt<R> attempt = new Attempt<>(this, before == null ? 1 : before.attempt() + 1, slot, again);
        latest = attempt;
        if (cancelled) {
            tell(new State.Cancelled<>(
                    false, before == null ? ExecutionInfo.neverRan(place.node()) : before.executionInfo()));
        } else {
            attempt.runCode();
        }
    }

    /** Waits for the retry delay; returns whether the run goes on after it. */
    private boolean pause() {
        boolean left = LeftInterrupt.putAside();
        try {
            return !ended.await(TimeUnit.NANOSECONDS.convert(options.retryDelay()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (left) {
                LeftInterrupt.putBack();
            }
        }
    }

    /**
     * Reads the call of an attempt, runs it, and writes its state. Each step runs user code, so the attempt's timeout
     * covers all three.
     */
    @SuppressWarnings("CatchingUnchecked") // a failure to prepare becomes the task's state
    Outcome<R> execute(Attempt<R> attempt) {
        try {
            source.prepare();
        } catch (Throwable e) {
            return Outcome.of(new State.Crashed<>(Failure.of(e), attempt.executionInfo()));
        }
        Runnable callOffTimeout = startTimeout(attempt);
        try {
            return readAndRun(attempt);
        } finally {
            callOffTimeout.run();
        }
    }

    /**
     * Reads the call and runs it. A failure before the call's code starts is not the task's fault, so the state is
     * Crashed.
     */
    @SuppressWarnings("CatchingUnchecked") // whatever user code throws becomes the task's state
    private Outcome<R> readAndRun(Attempt<R> attempt) {
        TaskCall<R> call;
        try {
            call = source.call();
        } catch (Throwable e) {
            return Outcome.of(new State.Crashed<>(Failure.of(e), attempt.executionInfo()));
        }
        State<R> ofCode;
        try {
            ofCode = new State.Completed<>(attempt.call(call, source.upstreams()), attempt.executionInfo());
        } catch (Throwable e) {
            ofCode = new State.Failed<>(Reason.EXCEPTION, Failure.of(e), attempt.executionInfo());
        }
        State<R> state = notReady(attempt).orElse(ofCode);
        if (isToBeRetried(attempt, state)) {
            return Outcome.of(state); // this state is not reported
        }
        attempt.startWriting();
        return new Outcome<>(state, source.write(state));
    }

    private Optional<State<R>> notReady(Attempt<R> attempt) {
        return attempt.upstreamNotCompleted()
                .map(upstream -> State.NotReady.because(
                        upstream.key(), KeptFuture.endOf(upstream).orElseThrow(), attempt.executionInfo()));
    }

    private Runnable startTimeout(Attempt<R> attempt) {
        return options.hasTimeout()
                ? place.timer().after(options.timeout(), () -> attempt.stop(timedOut(attempt)))
                : () -> {};
    }

    private State<R> timedOut(Attempt<R> attempt) {
        Failure failure = Failure.of(new TimeoutException(
                "task '" + key + "' ran longer than its timeout of " + options.timeout() + attempt.step()));
        return new State.Failed<>(Reason.TIMED_OUT, failure, attempt.executionInfo());
    }

    /** Handles an attempt's state once it is decided; the code may still run. */
    void onVerdict(Attempt<R> attempt, Outcome<R> outcome) {
        if (outcome.state().type() != CANCELLED && !isToBeRetried(attempt, outcome.state())) {
            tell(outcome);
        }
    }

    /** Handles an attempt that holds neither thread nor slot any more. */
    void onOver(Attempt<R> attempt, Outcome<R> outcome, boolean stillRunning) {
        State<R> state = outcome.state();
        if (stillRunning) {
            LOG.warn("task '{}' on node {} still runs {} after it was interrupted", key, place.node(), GRACE);
        }
        if (cancelled) {
            tell(new State.Cancelled<>(stillRunning, state.executionInfo()));
        } else if (isToBeRetried(attempt, state)) {
            LOG.info(
                    "task '{}' attempt {} of {} {}; again in {}",
                    key,
                    attempt.attempt(),
                    options.retries() + 1,
                    PlainText.inOneLine(state.describe()),
                    options.retryDelay());
            onPause();
            phase.set(Phase.BETWEEN_ATTEMPTS);
            attempt.again();
        } else {
            tell(outcome); // the thread that stopped the attempt may not have reported the state yet
        }
    }

    private boolean isToBeRetried(Attempt<R> attempt, State<R> state) {
        return state.type() == FAILED && attempt.attempt() <= options.retries();
    }

    private void tell(State<R> state) {
        tell(Outcome.of(state));
    }

    private void tell(Outcome<R> outcome) {
        if (told.compareAndSet(false, true)) {
            try {
                watcher.ended(outcome);
            } finally {
                ended.countDown();
            }
        }
    }

    /** Notes that the run holds no slot for a while. */
    void onPause() {
        if (paused.compareAndSet(false, true)) {
            watcher.paused();
        }
    }

    void afterGrace(Runnable action) {
        place.timer().after(GRACE, action);
    }

    String key() {
        return key;
    }

    boolean mayWaitFor(TaskFuture<?> future) {
        return !future.key().equals(key) && source.mayWaitFor(future);
    }

    @Nullable
    ClassLoader loader() {
        return source.loader();
    }

    String node() {
        return place.node();
    }

    /**
     * The receiver of a run's end and first pause.
     *
     * @param <R> the type of the result
     */
    @FunctionalInterface
    public interface Watcher<R extends @Nullable Object> {
        /** Receives the state, once, from the thread that decides it. */
        void ended(State<R> state);

        /** Receives the state, with its bytes if it was written; by default, passes on the state alone. */
        default void ended(Outcome<R> outcome) {
            ended(outcome.state());
        }

        /** Called once, when the run first holds no slot for a while: it waits for other calls, or for a retry. */
        default void paused() {}
    }

    /**
     * The source of calls.
     *
     * @param <R> the type of the result
     */
    public interface Source<R extends @Nullable Object> {
        /**
         * Reads the call, for one attempt.
         *
         * @throws Exception if there is none; the state is then Crashed
         */
        TaskCall<R> call() throws Exception;

        /**
         * Prepares the reading of the call, on the thread of the attempt. It may block, and its time does not count for
         * the attempt's timeout. By default there is nothing to do.
         *
         * @throws Exception if the call cannot be run; the state is then Crashed
         */
        default void prepare() throws Exception {}

        /**
         * Writes the state of an attempt's code, on the attempt's thread, because its classes may run user code. By
         * default states are not written.
         */
        default Optional<byte[]> write(State<R> state) {
            return Optional.empty();
        }

        /**
         * Returns the context class loader of the thread while the call is read, runs, and its state is written; by
         * default it stays as it is.
         */
        default @Nullable ClassLoader loader() {
            return Thread.currentThread().getContextClassLoader();
        }

        /** Returns whether the call may wait for a future that is not one of its upstreams; by default it may not. */
        default boolean mayWaitFor(TaskFuture<?> future) {
            return false;
        }

        /** Returns the live futures that the call may wait for. */
        default List<? extends TaskFuture<?>> upstreams() {
            return List.of();
        }
    }
}
