package io.github.ignitetasks.internal.execution;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Requirements;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.TaskLabel;
import io.github.ignitetasks.internal.execution.Stage.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The execution of one call in this JVM: attempt after attempt, until one decides the outcome or the execution is
 * cancelled.
 *
 * <p>Safe to share between threads.
 *
 * @param <R> the type of the result
 */
public final class CallExecution<R extends @Nullable Object> implements TaskLabel {
    private static final Logger LOG = LoggerFactory.getLogger(CallExecution.class);

    private final String key;
    private final CallOptions options;
    private final CallSource<R> source;
    private final NodeContext place;
    private final CallListener<R> listener;

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.QUEUED);
    private final AtomicBoolean paused = new AtomicBoolean();

    /** Since when what the call requires is missing; null if it was always there. Written by one thread at a time. */
    private volatile @Nullable Instant heldUpSince;

    private final CountDownLatch reported = new CountDownLatch(1);

    /** Removes the execution from the queue of those that need all slots. */
    private volatile Runnable callOff = () -> {};

    private volatile Runnable callOffDeadline = () -> {};
    private volatile boolean expired;

    /**
     * Describes an execution.
     *
     * @param key the key of the call
     * @param options its policies
     * @param source supplies the call for each attempt
     * @param place where it runs
     * @param listener receives the outcome, and the first pause
     */
    public CallExecution(
            String key, CallOptions options, CallSource<R> source, NodeContext place, CallListener<R> listener) {
        this.key = key;
        this.options = options;
        this.source = source;
        this.place = place;
        this.listener = listener;
    }

    /** Runs in these slots, as soon as one is free. Between attempts it holds none. */
    public void runIn(Slots slots) {
        slots.run(work(slot -> attempt(slot, delay -> timer().after(delay, () -> runIn(slots)))));
    }

    /** Runs in these slots, once no other work holds one there. Between attempts it holds none. */
    public void runExclusivelyIn(Slots slots) {
        callOff = slots.runExclusively(work(slot ->
                attempt(slot, delay -> timer().after(delay, () -> runExclusivelyIn(slots)))));
        if (stage().isEnded()) {
            callOff.run();
        }
    }

    private SlotWork work(Consumer<Slot> attempt) {
        return new SlotWork() {
            @Override
            public void accept(Slot slot) {
                attempt.accept(slot);
            }

            @Override
            public int priority() {
                return options.priority();
            }

            @Override
            public Requirements requirements() {
                return options.requirements();
            }

            @Override
            public void onHeldUp() {
                heldUpSince = heldUpSince == null ? Instant.now() : heldUpSince;
                onPause();
            }
        };
    }

    /** Runs on this thread; returns when the state is decided. An interrupt while it waits for a retry cancels it. */
    public void runHere() {
        AtomicBoolean again = new AtomicBoolean(true);
        while (again.getAndSet(false)) {
            attempt(Slot.OF_CALLER, delay -> again.set(pause(delay)));
        }
        awaitReported();
    }

    /**
     * Waits for the thread that reports the outcome, if that is another one. That thread has begun, so the wait is
     * short.
     */
    private void awaitReported() {
        boolean interrupted = false;
        while (reported.getCount() > 0) {
            try {
                reported.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the retry delay; returns whether the execution goes on after it. */
    private boolean pause(Duration delay) {
        boolean left = LeftInterrupt.putAside();
        try {
            return !reported.await(TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
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

    private void attempt(Slot slot, Consumer<Duration> next) {
        Stage now = stage();
        Attempt<R> attempt = new Attempt<>(this, source, now, slot, next);
        if (now.waits() && stage.compareAndSet(now, new Stage(Phase.RUNNING, attempt))) {
            place.events().started(this, node(), attempt.attempt());
            attempt.runCode();
        }
    }

    /** Ends the execution as TimedOut after this time, unless it has ended by then; call it before the execution runs. */
    public void limit(Duration timeLeft) {
        Runnable callOffTimer = timer().after(timeLeft, this::expire);
        callOffDeadline = callOffTimer;
        if (stage().isEnded()) {
            callOffTimer.run();
        }
    }

    /** Ends the execution as TimedOut, because its deadline has passed. */
    public void expire() {
        expired = true;
        boolean unused = cancel();
    }

    /** Returns whether the deadline of the call has passed, so that no attempt follows. */
    boolean isExpired() {
        return expired;
    }

    /**
     * Cancels the execution. If it waits, it never starts. If it runs, the code is interrupted; the state is Cancelled
     * once the code has returned or ignored the interrupt for too long.
     *
     * @return whether the execution had not ended yet
     */
    public boolean cancel() {
        while (true) {
            Stage now = stage();
            if (!now.waits() && now.phase() != Phase.RUNNING) {
                return now.phase() == Phase.CANCELLING;
            }
            Stage next = now.with(now.waits() ? Phase.ENDED : Phase.CANCELLING);
            if (stage.compareAndSet(now, next)) {
                onCancel(next);
                return true;
            }
        }
    }

    private void onCancel(Stage now) {
        Attempt<?> latest = now.latest();
        if (now.isEnded()) {
            ExecutionInfo info = latest == null ? ExecutionInfo.neverRan(node()) : latest.executionInfo();
            report(cancelled(info.withFailedAttempts(now.failedAttempts()), false));
            callOff.run();
        } else if (latest != null) {
            latest.cancel();
        }
    }

    private Outcome<R> cancelled(ExecutionInfo info, boolean stillRunning) {
        return new Outcome.Ended<>(stopped(info, stillRunning));
    }

    /** Returns the state of a call that is stopped from outside. */
    State<R> stopped(ExecutionInfo info, boolean stillRunning) {
        return expired ? PassedDeadline.state(key, options, info) : new State.Cancelled<>(stillRunning, info);
    }

    /**
     * Withdraws the execution if it has not started: it never will, and the listener gets no outcome. Returns whether
     * it did.
     */
    public boolean withdraw() {
        return withdraw(Stage.QUEUED);
    }

    /** Withdraws the execution as {@link #withdraw()} does, also while it waits for a retry. */
    public boolean abandon() {
        Stage now = stage();
        return now.waits() && withdraw(now);
    }

    private boolean withdraw(Stage from) {
        boolean withdrawn = stage.compareAndSet(from, from.with(Phase.ENDED));
        if (withdrawn) {
            callOffDeadline.run();
            callOff.run();
        }
        return withdrawn;
    }

    /** Returns whether that is the call of this execution. */
    public boolean runs(RunningCall call) {
        return stage().latest() == call;
    }

    /** Handles the outcome of an attempt once it is decided; the code may still run. */
    void onDecided(Attempt<R> attempt, Outcome<R> outcome) {
        if (!attempt.isToBeRetried(outcome) && !isCancelled(outcome)) {
            end(outcome);
        }
    }

    private static boolean isCancelled(Outcome<?> outcome) {
        return outcome instanceof Outcome.Ended<?> ended && ended.state().type() == StateType.CANCELLED;
    }

    /** Handles an attempt that holds neither thread nor slot any more. */
    void onOver(Attempt<R> attempt, Outcome<R> outcome, boolean stillRunning) {
        if (stillRunning) {
            LOG.warn("task '{}' on node {} still runs {} after it was interrupted", key, node(), Timings.GRACE);
        }
        Stage now = stage();
        if (now.phase() == Phase.RUNNING
                && outcome instanceof Outcome.Ended<R> ended
                && attempt.isToBeRetried(outcome)) {
            tellRetry(attempt, ended.state());
            onPause();
            if (attempt.hasToldProgress()) {
                listener.progressed(attempt.attempt() + 1, Optional.empty());
            }
            if (stage.compareAndSet(now, now.with(Phase.BETWEEN_ATTEMPTS))) {
                attempt.startNext();
                return;
            }
            now = stage(); // a cancel came first
        }
        // otherwise the thread that stopped the attempt may not have reported its outcome yet
        end(now.phase() == Phase.CANCELLING ? cancelled(attempt.executionInfo(outcome), stillRunning) : outcome);
    }

    private void tellRetry(Attempt<R> attempt, State<R> state) {
        int attempts = options.retries().number() + 1;
        place.events().retrying(this, node(), attempt.attempt(), attempts, state, attempt.retryDelay());
    }

    /** Ends the execution, unless another thread has. */
    private void end(Outcome<R> outcome) {
        Stage now = stage();
        while (!now.isEnded()) {
            if (stage.compareAndSet(now, now.with(Phase.ENDED))) {
                report(outcome);
                return;
            }
            now = stage();
        }
    }

    private void report(Outcome<R> outcome) {
        callOffDeadline.run();
        try {
            listener.ended(outcome);
        } finally {
            reported.countDown();
        }
    }

    private Stage stage() {
        return requireNonNull(stage.get(), "a stage is set at all times");
    }

    /** Notes that the execution holds no slot for a while. */
    void onPause() {
        if (paused.compareAndSet(false, true)) {
            listener.paused();
        }
    }

    /** Passes on how far an attempt is. */
    void onProgress(int attempt, TaskProgress progress) {
        listener.progressed(attempt, Optional.of(progress));
    }

    /** Returns whether an attempt has started. */
    public boolean hasStarted() {
        return stage().latest() != null;
    }

    /** Returns what the call does, if it has started or is held up, and has not ended. */
    public Optional<ActiveCall> active() {
        Stage now = stage();
        Attempt<?> latest = now.latest();
        Instant since = latest == null ? heldUpSince : latest.startTime();
        if (now.isEnded() || since == null) {
            return Optional.empty();
        }
        Optional<String> wait = latest == null ? Optional.of(missing()) : latest.waitsFor();
        return Optional.of(new ActiveCall(
                key,
                name(),
                flowRun(),
                latest == null ? 0 : latest.attempt(),
                phase(now, wait.isPresent()),
                wait.filter(reason -> !reason.isEmpty()),
                Duration.between(since, Instant.now()),
                latest == null ? Optional.empty() : latest.latestProgress()));
    }

    private static ActiveCall.Phase phase(Stage now, boolean isWaiting) {
        return switch (now.phase()) {
            case RUNNING -> isWaiting ? ActiveCall.Phase.WAITING : ActiveCall.Phase.RUNNING;
            case CANCELLING -> ActiveCall.Phase.CANCELLING;
            default -> now.latest() == null ? ActiveCall.Phase.HELD_UP : ActiveCall.Phase.RETRYING;
        };
    }

    /** Names the limits and resources of the call, one of which is missing while it is held up. */
    private String missing() {
        Requirements required = options.requirements();
        return Stream.concat(
                        required.limits().keySet().stream().map(limit -> "limit '" + limit + "'"),
                        required.resources().keySet().stream().map(resource -> "resource '" + resource + "'"))
                .collect(joining(" or "));
    }

    /** Returns the stack of the thread that runs the call's code; empty if none does. */
    public Optional<String> stack() {
        Attempt<?> latest = stage().latest();
        return latest == null ? Optional.empty() : latest.stack();
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public Optional<String> name() {
        return options.name();
    }

    @Override
    public Optional<String> flowRun() {
        return options.flowRun();
    }

    CallOptions options() {
        return options;
    }

    String node() {
        return place.node();
    }

    Timer timer() {
        return place.timer();
    }
}
