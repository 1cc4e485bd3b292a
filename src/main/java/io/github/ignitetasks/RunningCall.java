package io.github.ignitetasks;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The call that runs on this thread, for the code of a task and for authors of sessions.
 *
 * <p>Every wait of this library lends the call's slot to other calls until the wait ends. So calls that wait for calls
 * never exhaust the slots. Code that blocks elsewhere can lend its slot with {@link #lendSlot(Wait)}.
 *
 * <p>A task may wait for the futures that it captured and for those that it submitted itself. A wait for another future
 * fails with an {@link IllegalStateException} if that future may not exist in the process that runs the task.
 *
 * <p>Only the call's own thread may use this object, except {@link #isCancelled()}, which any thread may call.
 */
public abstract class RunningCall {
    private static final ThreadLocal<@Nullable RunningCall> CURRENT = new ThreadLocal<>();

    /** The call that the same thread was running before this one, for example when a task uses a sequential runner. */
    private @Nullable RunningCall outer;

    /** The futures that this call reached when it was submitted. */
    private Set<TaskFuture<?>> upstreams = Set.of();

    /** The futures that this call waited for and that were not found when it was submitted. */
    private Set<TaskFuture<?>> late = Set.of();

    /** The futures that this call submitted itself, except those that it released. */
    private final Set<TaskFuture<?>> submitted = ConcurrentHashMap.newKeySet();

    /** Makes a running call; for subclasses, which run calls. */
    protected RunningCall() {}

    /** Returns the call that runs on this thread; empty on a thread that runs no task. */
    public static Optional<RunningCall> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /**
     * Returns the innermost call on this thread that meets a condition. Calls nest if a task runs another call on its
     * thread.
     */
    public static Optional<RunningCall> innermost(Predicate<RunningCall> condition) {
        RunningCall call = CURRENT.get();
        while (call != null && !condition.test(call)) {
            call = call.outer;
        }
        return Optional.ofNullable(call);
    }

    /** Returns the key under which the call runs. */
    public abstract String key();

    /** Returns the number of this attempt, from 1. */
    public abstract int attempt();

    /** Returns whether the call was cancelled or timed out. Nobody wants its result any more, and it should return. */
    public abstract boolean isCancelled();

    /**
     * Waits without holding the slot: another call may run meanwhile. This method returns once the call holds a slot
     * again.
     *
     * @throws InterruptedException if the wait is interrupted
     */
    public abstract <T extends @Nullable Object> T lendSlot(Wait<T> wait) throws InterruptedException;

    /**
     * Waits, and lends the slot of the call that runs on this thread, if there is one.
     *
     * @throws InterruptedException if the wait is interrupted
     */
    public static <T extends @Nullable Object> T lendSlotWhile(Wait<T> wait) throws InterruptedException {
        RunningCall call = CURRENT.get();
        return call == null ? wait.await() : call.lendSlot(wait);
    }

    /**
     * Allows the call on this thread, if there is one, to wait for a future. Sessions call this where a future is
     * submitted.
     */
    public static void learn(TaskFuture<?> future) {
        RunningCall call = CURRENT.get();
        if (call != null) {
            call.submitted.add(future);
        }
    }

    /**
     * Checks that the call on this thread, if there is one, may wait for a future. It may if it reached the future when
     * it was submitted, submitted the future itself, or is sure to run where the future exists.
     *
     * @throws IllegalStateException if a call runs on this thread that must not wait for the future
     */
    public static void checkMayWaitFor(TaskFuture<?> future) {
        RunningCall call = CURRENT.get();
        if (call == null || call.submitted.contains(future) || call.upstreams.contains(future)) {
            return;
        }
        if (call.mayWaitFor(future)) {
            call.late = call.late.isEmpty() ? new LinkedHashSet<>() : call.late;
            call.late.add(future);
        } else {
            throw new IllegalStateException("task '" + call.key() + "' cannot wait for future '" + future.key()
                    + "', which is not one of its upstreams; let the call capture the future itself, not a static"
                    + " field or an object that is not serializable");
        }
    }

    /**
     * Checks that the call on this thread, if there is one, submitted a future itself and so may release it.
     *
     * @throws IllegalStateException if a call runs on this thread that must not release the future
     */
    public static void checkMayRelease(TaskFuture<?> future) {
        RunningCall call = CURRENT.get();
        if (call != null && !call.submitted.contains(future)) {
            throw new IllegalStateException("future '" + future.key() + "' cannot be released by task '" + call.key()
                    + "', which did not submit it, as others may need it; release it where it was submitted");
        }
    }

    /** Removes a released future from those that the call on this thread, if there is one, submitted. */
    public static void forget(TaskFuture<?> future) {
        RunningCall call = CURRENT.get();
        if (call != null) {
            call.submitted.remove(future);
        }
    }

    /** Returns whether this call may wait for a future that was not found when it was submitted; false by default. */
    protected boolean mayWaitFor(TaskFuture<?> future) {
        return false;
    }

    /**
     * Returns a future that this call waited for, that was not found when the call was submitted, and that did not
     * complete. If the future had been found, the code would not have run. Call this method once the code has ended.
     */
    public final Optional<TaskFuture<?>> upstreamNotCompleted() {
        if (late.isEmpty()) {
            return Optional.empty(); // nearly always
        }
        Optional<TaskFuture<?>> first = late.stream()
                .filter(future -> KeptFuture.endOf(future)
                        .filter(state -> state.type() != StateType.COMPLETED)
                        .isPresent())
                .findFirst();
        late = Set.of();
        return first;
    }

    /** Runs code as this call: {@link #current()} on this thread is this call until the code returns. */
    protected final <T extends @Nullable Object> T runAsCurrent(
            Collection<? extends TaskFuture<?>> reached, TaskCall<T> call) throws Exception {
        upstreams = Set.copyOf(reached);
        outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return call.call();
        } finally {
            CURRENT.set(outer); // also sets null: remove() would force a new entry for each call
            outer = null;
            upstreams = Set.of(); // an ended run may stay in memory for long
            submitted.clear();
        }
    }

    /**
     * A blocking operation of the calling thread.
     *
     * @param <T> the type of the value that the operation returns
     */
    @FunctionalInterface
    public interface Wait<T extends @Nullable Object> {
        /**
         * Blocks until the operation has ended.
         *
         * @throws InterruptedException if the thread is interrupted
         */
        T await() throws InterruptedException;
    }
}
