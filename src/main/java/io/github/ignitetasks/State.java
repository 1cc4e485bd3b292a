package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The final state of a task: how it ended. A task that has not ended has no state.
 *
 * <p>Immutable; safe to share if the result is.
 *
 * @param <R> the type of the result
 */
public sealed interface State<R extends @Nullable Object> extends Serializable {

    /** Returns the type of this state. */
    StateType type();

    /** Returns when and where the task ran. */
    ExecutionInfo executionInfo();

    /**
     * Returns the result. This may read it, and may fetch it from the grid; see {@link Completed#result()}.
     *
     * @throws NotCompletedException if the task did not complete; its cause is the task's own exception
     * @throws ResultUnavailableException if the task completed, but its result cannot be had here
     */
    default R result() {
        throw new NotCompletedException("the task", this);
    }

    /** Returns the failure; empty if the state is Completed or Cancelled. */
    default Optional<Failure> failure() {
        return Optional.empty();
    }

    /** Returns whether the task completed. */
    default boolean isCompleted() {
        return type() == StateType.COMPLETED;
    }

    /**
     * Returns the state's name, such as {@code Completed}. The name is {@code TimedOut} for a task that exceeded its
     * timeout.
     */
    default String name() {
        return type().toString();
    }

    /** Returns the name, followed by the failure if there is one. */
    default String describe() {
        return failure().map(failure -> name() + ": " + failure).orElseGet(this::name);
    }

    /** Returns the time at which the last attempt started. */
    default Instant startTime() {
        return executionInfo().startTime();
    }

    /** Returns the time at which the state became final. */
    default Instant endTime() {
        return executionInfo().endTime();
    }

    /** Returns the name of the node that ran the last attempt. */
    default String node() {
        return executionInfo().node();
    }

    /** Returns the number of the last attempt, from 1; 0 if the task never ran. */
    default int attempt() {
        return executionInfo().attempt();
    }

    /**
     * Returns the failed attempts that a retry followed, or was to follow, oldest first. The list is empty for most
     * tasks. The last attempt of a Failed task is not in it: {@link #failure()} tells its failure, and {@link
     * FailedAttempt#allOf} adds it.
     *
     * <p>The list has the latest 10 of these attempts. Each has the first 500 characters of its message, and the first
     * 1,000 of its stack trace. A node that died takes its attempts with it: the task starts anew, with attempt 1.
     */
    default List<FailedAttempt> failedAttempts() {
        return executionInfo().failedAttempts();
    }

    /**
     * Returns whether this state was found: the key had ended before it was submitted, and nothing ran for the
     * submission. {@link #endTime()} tells when the task ended.
     *
     * <ul>
     *   <li>True if a session on a grid submits, or finds by {@link TaskSession#find}, a key that has a record. It is
     *       true for a task run of a flow whose key had ended, on every runner.
     *   <li>False if the key was running. It is also false if a node died that had the call, because the call may have
     *       run there.
     *   <li>A session has one future for a key, and each submission returns it. So its value is that of the first
     *       submission.
     *   <li>{@link TaskFuture#all} says false, and so does an upstream inside a task on a grid.
     * </ul>
     *
     * <p>The grid does not store this value. Equality ignores it.
     */
    default boolean isCached() {
        return executionInfo().isCached();
    }

    /** Returns this state as one that was found: {@link #isCached()} is true. Both states share the result. */
    State<R> asCached();

    /**
     * The state of a task that returned. It holds the result, or reads it when {@link #result()} is first called: from
     * bytes in this JVM, or from the grid if the result is large.
     *
     * <p>Two such states are equal if their execution infos and their results are, so comparing them reads the results.
     * Serializing one reads its result, too. Safe to share between threads.
     *
     * @param <R> the type of the result
     */
    final class Completed<R extends @Nullable Object> implements State<R> {
        private static final long serialVersionUID = 1L;

        private final ExecutionInfo executionInfo;

        /** Reads the result; null once it was read. Written under the lock, after the result. */
        private transient volatile @Nullable Supplier<? extends R> reading;

        @SuppressWarnings("serial") // a proxy is serialized instead
        private R result;

        /**
         * Makes the state of a task that returned a value.
         *
         * @param result the returned value
         * @param executionInfo when and where the task ran
         */
        public Completed(R result, ExecutionInfo executionInfo) {
            this(null, result, executionInfo);
        }

        private Completed(@Nullable Supplier<? extends R> reading, R result, ExecutionInfo executionInfo) {
            this.executionInfo = requireNonNull(executionInfo, "executionInfo");
            this.reading = reading;
            this.result = result;
        }

        /**
         * Returns the state of a task whose result is read when it is first asked for.
         *
         * @param reading reads the result. It is called again if it throws an exception, and two threads may call it at
         *     the same time; the result that comes first is kept
         */
        @SuppressWarnings("NullAway") // the result is null until it is read
        public static <R extends @Nullable Object> Completed<R> lazily(
                Supplier<? extends R> reading, ExecutionInfo executionInfo) {
            return new Completed<R>(requireNonNull(reading, "reading"), null, executionInfo);
        }

        /**
         * Returns the result. The first call may read it, for as long as the code of its classes takes, and may fetch
         * it from the grid, for some minutes at most.
         *
         * @throws ResultUnavailableException if the result cannot be had here; the message says why
         * @throws TaskInterruptedException if this thread is interrupted while it fetches the result
         */
        @Override
        public R result() {
            Supplier<? extends R> source = reading;
            return source == null ? result : keep(source.get());
        }

        /** Returns whether the result is in this state, so that {@link #result()} returns it at once. */
        public boolean isRead() {
            return reading == null;
        }

        private synchronized R keep(R read) {
            if (reading != null) {
                result = read;
                reading = null;
            }
            return result;
        }

        @Override
        public ExecutionInfo executionInfo() {
            return executionInfo;
        }

        @Override
        public StateType type() {
            return StateType.COMPLETED;
        }

        /** Returns this state as one that was found. It reads the result through this state, which reads it once. */
        @Override
        public Completed<R> asCached() {
            return isRead()
                    ? new Completed<>(result, executionInfo.asCached())
                    : lazily(this::result, executionInfo.asCached());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other
                    || (other instanceof Completed<?> that
                            && executionInfo.equals(that.executionInfo)
                            && Objects.equals(result(), that.result()));
        }

        @Override
        public int hashCode() {
            return executionInfo.hashCode();
        }

        /** Returns the result and the execution info as text; reads no result. */
        @Override
        public String toString() {
            return "Completed[result=" + (reading == null ? result : "(not read yet)") + ", executionInfo="
                    + executionInfo + "]";
        }

        @Serial
        private Object writeReplace() {
            return new Written<>(result(), executionInfo);
        }

        /** The serialized form. */
        @SuppressWarnings("serial") // the result is serializable, or writing it fails with a reason
        private record Written<R extends @Nullable Object>(R result, ExecutionInfo executionInfo)
                implements Serializable {
            @Serial
            private Object readResolve() {
                return new Completed<>(result, executionInfo);
            }
        }
    }

    /**
     * The state of a task whose own code threw an exception or exceeded its timeout.
     *
     * @param reason which of the two happened
     * @param cause the exception
     * @param executionInfo when and where the task ran
     * @param <R> the type of the missing result
     */
    record Failed<R extends @Nullable Object>(Reason reason, Failure cause, ExecutionInfo executionInfo)
            implements State<R> {

        /** The reason why a task Failed. */
        public enum Reason {
            /** The task's code threw an exception. */
            EXCEPTION,
            /** The task ran longer than its timeout. */
            TIMED_OUT
        }

        /** Checks the values. */
        public Failed {
            requireNonNull(reason, "reason");
            requireNonNull(cause, "cause");
        }

        @Override
        public Failed<R> asCached() {
            return new Failed<>(reason, cause, executionInfo.asCached());
        }

        @Override
        public StateType type() {
            return StateType.FAILED;
        }

        @Override
        public String name() {
            return reason == Reason.TIMED_OUT ? "TimedOut" : State.super.name();
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(cause);
        }
    }

    /**
     * The state of a task that failed for a reason outside its own code. Its call, result or exception could not be
     * carried between processes, the infrastructure failed, or its node died too often.
     *
     * @param cause the failure
     * @param executionInfo when and where the task ran
     * @param <R> the type of the missing result
     */
    record Crashed<R extends @Nullable Object>(Failure cause, ExecutionInfo executionInfo) implements State<R> {
        @Override
        public Crashed<R> asCached() {
            return new Crashed<>(cause, executionInfo.asCached());
        }

        @Override
        public StateType type() {
            return StateType.CRASHED;
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(cause);
        }
    }

    /**
     * The state of a task that was cancelled.
     *
     * @param stillRunning whether the task's code ignored the interrupt, and was still running when the state became
     *     final
     * @param executionInfo when and where the task ran
     * @param <R> the type of the missing result
     */
    record Cancelled<R extends @Nullable Object>(boolean stillRunning, ExecutionInfo executionInfo)
            implements State<R> {
        @Override
        public Cancelled<R> asCached() {
            return new Cancelled<>(stillRunning, executionInfo.asCached());
        }

        @Override
        public StateType type() {
            return StateType.CANCELLED;
        }

        @Override
        public String describe() {
            return stillRunning ? name() + ", but its code ignores the interrupt and runs on" : name();
        }
    }

    /**
     * The state of a task that never ran, because an upstream did not complete.
     *
     * @param upstream the key of that upstream
     * @param cause how the upstream ended; in a chain of NotReady tasks, how the upstream that failed first ended
     * @param executionInfo when and where the state was decided
     * @param <R> the type of the missing result
     */
    record NotReady<R extends @Nullable Object>(String upstream, Failure cause, ExecutionInfo executionInfo)
            implements State<R> {
        @Override
        public NotReady<R> asCached() {
            return new NotReady<>(upstream, cause, executionInfo.asCached());
        }

        @Override
        public StateType type() {
            return StateType.NOT_READY;
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(cause);
        }

        /** Returns the state of a task whose upstream ended in a state without a result. */
        public static <R extends @Nullable Object> NotReady<R> because(
                String upstream, State<?> ended, ExecutionInfo executionInfo) {
            return new NotReady<>(
                    upstream,
                    ended instanceof NotReady<?> notReady ? notReady.cause() : causeOf(upstream, ended),
                    executionInfo);
        }

        private static Failure causeOf(String upstream, State<?> ended) {
            Optional<Failure> own = ended.failure();
            Failure text = Failure.ofText(
                    own.map(Failure::type).orElse(""),
                    "upstream '" + upstream + "' ended " + ended.describe(),
                    own.map(Failure::stackTrace).orElse(""));
            return own.map(text::withThrowableOf).orElse(text);
        }

        /** Returns the state of a task whose upstream was released. */
        public static <R extends @Nullable Object> NotReady<R> released(String upstream, ExecutionInfo executionInfo) {
            Failure cause = Failure.ofText("", "upstream '" + upstream + "' was released before the task ran", "");
            return new NotReady<>(upstream, cause, executionInfo);
        }
    }
}
