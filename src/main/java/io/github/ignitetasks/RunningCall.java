package io.github.ignitetasks;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The call that runs on this thread: what a task's code may ask of the slot that runs it.
 *
 * <p>Every wait of this library lends the call's slot to other calls while it lasts, so calls that wait for calls never
 * use up the slots; code that blocks elsewhere can do the same with {@link #lendSlot(Wait)}.
 *
 * <p>To be used by the call's own thread, but for {@link #isCancelled()}.
 */
public abstract class RunningCall {
    private static final ThreadLocal<@Nullable RunningCall> CURRENT = new ThreadLocal<>();

    /** The call on whose thread this one runs, as it does on a sequential runner that a task started. */
    private @Nullable RunningCall outer;

    /** The futures that this call reached when it was submitted. */
    private Set<TaskFuture<?>> upstreams = Set.of();

    /** The futures that it waited for, and that were not found when it was submitted. */
    private Set<TaskFuture<?>> late = Set.of();

    /** The futures that it submitted itself, but for those that it released. */
    private final Set<TaskFuture<?>> submitted = ConcurrentHashMap.newKeySet();

    /** For subclasses: the workers that run calls. */
    protected RunningCall() {}

    /** Returns the call that runs on this thread; empty on a thread that is not a task's. */
    public static Optional<RunningCall> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Returns the first call on this thread that meets a condition: the one that runs, or one that waits for it. */
    public static Optional<RunningCall> innermost(Predicate<RunningCall> condition) {
        RunningCall call = CURRENT.get();
        while (call != null && !condition.test(call)) {
            call = call.outer;
        }
        return Optional.ofNullable(call);
    }

    /** Returns the key under which the call runs. */
    public abstract String key();

    /** Returns which attempt this is, from 1. */
    public abstract int attempt();

    /** Returns whether the call's result is no longer wanted: it was cancelled or timed out, and should return. */
    public abstract boolean isCancelled();

    /**
     * Waits without holding the slot: another call may run meanwhile. Returns once the slot is held again.
     *
     * @throws InterruptedException if the wait is interrupted
     */
    public abstract <T extends @Nullable Object> T lendSlot(Wait<T> wait) throws InterruptedException;

    /**
     * Waits as a future does: lends the slot of the call that runs on this thread, if one does.
     *
     * @throws InterruptedException if the wait is interrupted
     */
    public static <T extends @Nullable Object> T lendSlotWhile(Wait<T> wait) throws InterruptedException {
        RunningCall call = CURRENT.get();
        return call == null ? wait.await() : call.lendSlot(wait);
    }

    /** Lets the call on this thread, if one runs, wait for a future: called where a future is submitted. */
    public static void learn(TaskFuture<?> future) {
        RunningCall call = CURRENT.get();
        if (call != null) {
            call.submitted.add(future);
        }
    }

    /**
     * Refuses a wait that a call must not do: for a future that it neither reached when it was submitted nor submitted
     * itself, where that may not exist in the process that runs the call.
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
     * Refuses to let a call release a future that it did not submit itself.
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

    /** Lets the call on this thread, if one runs, forget a future that it released. */
    public static void forget(TaskFuture<?> future) {
        RunningCall call = CURRENT.get();
        if (call != null) {
            call.submitted.remove(future);
        }
    }

    /** Returns whether this call may wait for a future that was not found when it was submitted; by default it may not. */
    protected boolean mayWaitFor(TaskFuture<?> future) {
        return false;
    }

    /**
     * Returns a future that the code of this call waited for, that was not found when it was submitted, and that has not
     * completed: had it been found, the code would not have run. To be called once the code has ended.
     */
    public final Optional<TaskFuture<?>> upstreamNotCompleted() {
        if (late.isEmpty()) {
            return Optional.empty(); // as good as always
        }
        Optional<TaskFuture<?>> first = late.stream()
                .filter(future -> KeptFuture.endOf(future)
                        .filter(state -> state.type() != StateType.COMPLETED)
                        .isPresent())
                .findFirst();
        late = Set.of();
        return first;
    }

    /** Runs code as this call: on this thread, {@link #current()} is this until it returns. */
    protected final <T extends @Nullable Object> T runAsCurrent(
            Collection<? extends TaskFuture<?>> reached, TaskCall<T> call) throws Exception {
        upstreams = Set.copyOf(reached);
        outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return call.call();
        } finally {
            CURRENT.set(outer); // also none, as what is removed is made anew for each call
            outer = null;
            upstreams = Set.of(); // a run that has ended may be kept for long
            submitted.clear();
        }
    }

    /**
     * A wait of the thread that calls it.
     *
     * @param <T> what it waits for
     */
    @FunctionalInterface
    public interface Wait<T extends @Nullable Object> {
        /**
         * Waits.
         *
         * @throws InterruptedException if the thread is interrupted
         */
        T await() throws InterruptedException;
    }
}
