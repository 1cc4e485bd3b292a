package io.github.ignitetasks.internal.context;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The call that runs on a thread, and the futures that it may wait for.
 *
 * <p>Every wait of this library lends the call's slot to other calls until the wait ends. So calls that wait for calls
 * never exhaust the slots.
 *
 * <p>Only the call's own thread may use this object. Any thread may call {@link #isCancelled()} and {@link
 * #progress()}.
 */
public abstract class RunningCall {
    private static final ThreadLocal<@Nullable RunningCall> CURRENT = new ThreadLocal<>();

    /** The call that the same thread was running before this one, for example when a task uses a sequential runner. */
    private @Nullable RunningCall outer;

    /** The futures that this call reached when it was submitted. */
    private Set<SessionFuture> upstreams = Set.of();

    /** The futures that this call waited for and that were not found when it was submitted. */
    private Set<SessionFuture> late = Set.of();

    /** The futures that this call submitted itself, except those that it released. */
    private final Set<SessionFuture> submitted = ConcurrentHashMap.newKeySet();

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

    /** Returns the name that the call shares with others; empty if it has none. */
    public abstract Optional<String> name();

    /** Returns the id of the flow run that submitted the call; empty if no flow did. */
    public abstract Optional<String> flowRun();

    /** Returns the number of this attempt, from 1. */
    public abstract int attempt();

    /** Returns the name of the node that runs the call. */
    public abstract String node();

    /** Returns an object that the call can use where it runs, such as its Ignite node; empty if there is none. */
    public abstract <T> Optional<T> resource(Class<T> type);

    /** Returns whether the call was cancelled or timed out. Nobody wants its result any more, and it should return. */
    public abstract boolean isCancelled();

    /** Returns the object that the call's code tells of its progress. */
    public abstract Progress progress();

    /**
     * Waits without holding the slot: another call may run meanwhile. This method returns once the call holds a slot
     * again.
     *
     * @param reason names what the call waits for, such as {@code task 'fetch-17'}; empty if unknown; any thread may call it
     * @throws InterruptedException if the wait is interrupted
     */
    public abstract <T extends @Nullable Object> T lendSlot(Supplier<String> reason, Wait<T> wait)
            throws InterruptedException;

    /**
     * Waits, and lends the slot of the call that runs on this thread, if there is one.
     *
     * @param reason names what is waited for, such as {@code task 'fetch-17'}; empty if unknown; any thread may call it
     * @throws InterruptedException if the wait is interrupted
     */
    public static <T extends @Nullable Object> T lendSlotWhile(Supplier<String> reason, Wait<T> wait)
            throws InterruptedException {
        RunningCall call = CURRENT.get();
        return call == null ? wait.await() : call.lendSlot(reason, wait);
    }

    /**
     * Allows the call on this thread, if there is one, to wait for a future. Sessions call this where a future is
     * submitted.
     */
    public static void learn(SessionFuture future) {
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
    public static void checkMayWaitFor(SessionFuture future) {
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
    public static void checkMayRelease(SessionFuture future) {
        RunningCall call = CURRENT.get();
        if (call != null && !call.submitted.contains(future)) {
            throw new IllegalStateException("future '" + future.key() + "' cannot be released by task '" + call.key()
                    + "', which did not submit it, as others may need it; release it where it was submitted");
        }
    }

    /** Removes a released future from those that the call on this thread, if there is one, submitted. */
    public static void forget(SessionFuture future) {
        RunningCall call = CURRENT.get();
        if (call != null) {
            call.submitted.remove(future);
        }
    }

    /** Returns whether this call may wait for a future that was not found when it was submitted; false by default. */
    protected boolean mayWaitFor(SessionFuture future) {
        return false;
    }

    /**
     * Returns the futures that this call waited for and that were not found when the call was submitted, and forgets
     * them. If one of them did not complete, the code would not have run, had it been found. Call this method once the
     * code has ended.
     */
    public final Collection<SessionFuture> takeLate() {
        Collection<SessionFuture> all = late;
        late = Set.of();
        return all;
    }

    /** Runs code as this call: {@link #current()} on this thread is this call until the code returns. */
    protected final <T extends @Nullable Object> T runAsCurrent(
            Collection<? extends SessionFuture> reached, Callable<T> code) throws Exception {
        upstreams = Set.copyOf(reached);
        outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return code.call();
        } finally {
            CURRENT.set(outer); // also sets null: remove() would force a new entry for each call
            outer = null;
            upstreams = Set.of(); // an ended run may stay in memory for long
            submitted.clear();
        }
    }

    /** Takes what the code of a call tells of its progress, until its outcome is decided. Safe to share between threads. */
    public interface Progress {
        /** Takes how much is done, and keeps the text. */
        void tell(long done, long total);

        /** Takes what the code does now, and keeps the numbers. */
        void tell(String text);
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
