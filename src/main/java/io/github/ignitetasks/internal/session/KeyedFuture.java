package io.github.ignitetasks.internal.session;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.TaskTimeoutException;
import io.github.ignitetasks.internal.codec.FutureReference;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.context.SessionFuture;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.internal.execution.Readers;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.execution.UserAction;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live future of a key in its session. Subclasses keep the state and define how to wait for it.
 *
 * <p>In a serialized call, a {@link FutureReference} takes its place.
 *
 * @param <R> the type of the result
 */
public abstract class KeyedFuture<R extends @Nullable Object> implements TaskFuture<R>, SessionFuture, SessionTask {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient KeyedSession session;
    private final transient long number;
    private transient @Nullable String name;
    private transient @Nullable String flowRun;
    private transient long submittedNanos;
    private transient boolean given;

    /** Whether the call waits for its upstreams; guarded by this. */
    private transient boolean waits;

    private transient int size;
    private transient @Nullable Duration timeToLive; // after the end; null for no limit
    private transient volatile boolean released;
    private transient volatile boolean refused;
    private transient volatile boolean shared;

    /** The actions of this library that wait for the end; null before the first, and written once under the lock. */
    private transient volatile @Nullable List<Runnable> waiting;

    /** The latest report of the task's progress; null before the first one. Written under the lock. */
    private transient volatile @Nullable LatestProgress latest;

    /** Makes the future of a key in a session. */
    protected KeyedFuture(String key, KeyedSession session) {
        this.key = key;
        this.session = session;
        this.number = session.nextNumber();
    }

    /** Notes by which options the session accepts the call now. */
    final void acceptedBy(CallOptions options) {
        name = options.name().orElse(null);
        flowRun = options.flowRun().orElse(null);
        submittedNanos = System.nanoTime();
    }

    /** Notes that the key is given its result. */
    final void isGivenResult() {
        given = true;
    }

    @Override
    public final Optional<String> name() {
        return Optional.ofNullable(name);
    }

    @Override
    public final String nameOr(String other) {
        return name == null ? other : name;
    }

    @Override
    public final Optional<String> flowRun() {
        return Optional.ofNullable(flowRun);
    }

    @Override
    public final long submittedNanos() {
        return submittedNanos;
    }

    @Override
    public final boolean isGiven() {
        return given;
    }

    /** Notes whether the call waits for its upstreams, unless that is known. */
    final synchronized void waitsForUpstreams(boolean now) {
        if (waits != now) {
            waits = now;
            session.taskCounts().waits(this, now);
            if (now && isDone()) { // another thread has ended it meanwhile
                waitsForUpstreams(false);
            }
        }
    }

    /** Returns whether the call waits for its upstreams. */
    public final synchronized boolean waitsForUpstreams() {
        return waits;
    }

    /** Returns what the call does, if it has started in this JVM and not ended. */
    public Optional<ActiveCall> activeHere() {
        return Optional.empty();
    }

    /** Sets how much of the session's backpressure the call takes. */
    final void takesRoom(int bytes) {
        size = bytes;
    }

    /** Sets how long the state counts after the end. */
    final void countsFor(Duration duration) {
        timeToLive = duration;
    }

    /** Returns how long the state counts after the end; empty for no limit here. */
    public final Optional<Duration> timeToLive() {
        return Optional.ofNullable(timeToLive);
    }

    /** Returns whether the task has ended, and its state does not count any more for a call with these options. */
    final boolean isOver(CallOptions options) {
        if (!isDone()) {
            return false;
        }
        boolean failed = !options.keepsFailures() && endType() != StateType.COMPLETED;
        return failed || (timeToLive != null && hasPassed(timeToLive));
    }

    private boolean hasPassed(Duration duration) {
        return Duration.between(state().orElseThrow().endTime(), Instant.now()).compareTo(duration) > 0;
    }

    /** Gives back the call's part of the session's backpressure. */
    final void leaveRoom() {
        session.backpressure().giveBack(size);
    }

    /** Ends the future of a call that the closing session does not accept. */
    final void refuse() {
        refused = true;
        complete(new State.Cancelled<>(false, ExecutionInfo.neverRan(node())));
    }

    /** Tells the session that the state is final. Subclasses call this exactly once. */
    protected final void onEnded() {
        forgetProgress(); // no event of progress follows the next one
        waitsForUpstreams(false);
        try {
            if (!refused) {
                session.events().ended(this, endType(), runNanos()); // first: close reports once the last call has left
            }
        } finally {
            leaveRoom(); // in any case, as close waits for it
            session.ended().add(this);
        }
    }

    /**
     * Notes how far the task is, unless it has ended, and passes it on as an event. Both this method and the end of the
     * task set their mark before they look for the other's, so at least one of them sees the other.
     */
    public final synchronized void onProgress(String node, int attempt, Optional<TaskProgress> progress) {
        LatestProgress before = latest;
        LatestProgress now = new LatestProgress(node, attempt, progress, System.nanoTime());
        if (before != null && now.isBefore(before)) {
            return;
        }
        latest = now;
        if (isDone()) {
            latest = null;
        } else if (progress.isPresent()) {
            session.events().progress(this, node, attempt, progress.get());
        }
    }

    /** Forgets the progress, because the task has ended or begins anew elsewhere. */
    protected final void forgetProgress() {
        if (latest != null) {
            synchronized (this) { // waits for an event that is being passed on
                latest = null;
            }
        }
    }

    /** Returns what the session heard last of the task's progress; empty if it heard nothing. */
    public final Optional<LatestProgress> latestProgress() {
        return Optional.ofNullable(latest);
    }

    @Override
    public final Optional<TaskProgress> progress() {
        return isDone() ? Optional.empty() : latestProgress().flatMap(LatestProgress::progress);
    }

    /** Returns how long the last attempt ran, in nanoseconds; zero if the call never ran. The state must be final. */
    protected abstract long runNanos();

    /** Tells the session that the final state takes more bytes here, because the rest of it was fetched. */
    protected final void onFetched(int more) {
        session.ended().grow(this, more);
    }

    /** Returns whether the final state is also kept elsewhere, where the session finds it by the key. */
    protected abstract boolean isKeptElsewhere();

    /** Returns how many bytes the final state takes here, if it is also kept elsewhere. */
    protected abstract int stateBytes();

    /** Returns the name of the node that has the call, for reports. */
    protected abstract String node();

    /** Waits until the state is final or the time has passed. */
    protected abstract void awaitDone(long nanos) throws InterruptedException;

    /**
     * Runs an action once the state is final: on this thread if it is final already, else on the thread that completes
     * it.
     */
    protected abstract void listen(Runnable action);

    /**
     * Ends the call as TimedOut, because its deadline has passed, or leaves that to the node that has the call. Does
     * nothing once the state is final.
     */
    protected abstract void expire(CallOptions options);

    /** Ends the call at the deadline that its options set, unless it has ended by then. */
    final void limit(CallOptions options, long since, Timer timer) {
        Duration left = options.deadline().minusNanos(System.nanoTime() - since);
        listen(timer.after(left, () -> expire(options)));
    }

    /** Makes the state final; returns false if it was final before. */
    protected abstract boolean complete(State<R> state);

    /** Returns the session that the future belongs to. */
    public final KeyedSession session() {
        return session;
    }

    @Override
    public final KeyedSession owner() {
        return session;
    }

    /** Lets the tasks of a node share the result. */
    final void share() {
        shared = true;
    }

    /** Returns whether the tasks of a node share the result. */
    public final boolean isShared() {
        return shared;
    }

    @Override
    public final boolean isReleased() {
        return released;
    }

    /** Marks the future as released, just before its state is removed. */
    final void markReleased() {
        released = true;
    }

    @Override
    public final boolean release() {
        return session.release(Set.of(this)) > 0;
    }

    /** Returns the future's position in the order of submission. */
    final long number() {
        return number;
    }

    @Override
    public final String key() {
        return key;
    }

    @Override
    public final Optional<State<R>> await(Duration timeout) {
        requireNonNull(timeout, "timeout");
        if (!released) {
            RunningCall.checkMayWaitFor(this);
        }
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        if (!isDone() && nanos > 0) {
            try {
                RunningCall.lendSlotWhile(() -> "task '" + key + "'", () -> {
                    awaitDone(nanos);
                    return isDone();
                });
            } catch (InterruptedException e) {
                throw new TaskInterruptedException("interrupted while waiting for task '" + key + "'", e);
            }
        }
        return state();
    }

    @Override
    public final R result(Duration timeout) {
        long start = System.nanoTime();
        State<R> state = await(timeout)
                .orElseThrow(() -> new TaskTimeoutException("task '" + key + "' has no result after " + timeout));
        return isResultAtHand()
                ? Readers.resultOf(key, state)
                : session.readers()
                        .result(key, state, this, TimeUnit.NANOSECONDS.convert(timeout) - (System.nanoTime() - start));
    }

    @Override
    public final void whenDone(Consumer<? super State<R>> action) {
        requireNonNull(action, "action");
        Runnable withState = () -> action.accept(state().orElseThrow());
        if (isDone()) {
            UserAction.runLogged(key, withState);
        } else {
            listen(() -> session.runAction(key, withState));
        }
    }

    @Override
    public final Runnable whenEnded(Runnable action) {
        if (isDone()) {
            action.run();
            return () -> {};
        }
        boolean first = waiting == null && startWaiting();
        waiting().add(action);
        if (first) {
            listen(this::runWaiting);
        } else if (isDone()) {
            runWaiting();
        }
        return () -> waiting().remove(action);
    }

    private synchronized boolean startWaiting() {
        if (waiting != null) {
            return false;
        }
        waiting = new CopyOnWriteArrayList<>();
        return true;
    }

    /** Returns the actions of this library that wait for the end. */
    final List<Runnable> waiting() {
        return requireNonNull(waiting, "an action was added before");
    }

    private void runWaiting() {
        for (Runnable action : waiting()) {
            if (waiting().remove(action)) {
                action.run();
            }
        }
    }

    /** Returns the type of the final state, which must be final; reads nothing else. */
    protected abstract StateType endType();

    /** Returns the reference that replaces this future in serialized objects. */
    @Serial
    protected final Object writeReplace() {
        return new FutureReference<>(this);
    }

    @Override
    public final String toString() {
        if (!isDone()) {
            return key + " not done";
        }
        return key + " " + state().orElseThrow().describe();
    }
}
