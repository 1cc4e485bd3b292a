package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
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
     * Returns the result.
     *
     * @throws NotCompletedException if the task did not complete; its cause is the task's own exception
     * @throws IllegalStateException if the result is not in this state, because it was not fetched or read
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
     * The state of a task that returned.
     *
     * @param result the returned value
     * @param executionInfo when and where the task ran
     * @param <R> the type of the result
     */
    record Completed<R extends @Nullable Object>(R result, ExecutionInfo executionInfo) implements State<R> {
        private enum Missing {
            ELSEWHERE
        }

        /**
         * Returns the state of a completed task whose result is stored elsewhere. Its {@link #result} throws an
         * {@link IllegalStateException}.
         */
        @SuppressWarnings("unchecked") // result() never returns the marker
        public static <R extends @Nullable Object> Completed<R> withResultElsewhere(ExecutionInfo executionInfo) {
            return new Completed<>((R) Missing.ELSEWHERE, executionInfo);
        }

        @Override
        public R result() {
            if (result == Missing.ELSEWHERE) {
                throw new IllegalStateException(
                        "the result is not in this state, as it is large and stayed on the grid, or"
                                + " takes long to be read; ask the task's future for it, before its session closes");
            }
            return result;
        }

        @Override
        public StateType type() {
            return StateType.COMPLETED;
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
        public StateType type() {
            return StateType.CANCELLED;
        }

        @Override
        public String describe() {
            return stillRunning ? name() + ", but its code ignores the interrupt and runs on" : name();
        }
    }

    /**
     * The state of a task that never ran, because an upstream did not complete. On a grid its cause is text alone: {@link
     * TaskFuture#result()} also reads the exception of the upstream that failed first.
     *
     * @param upstream the key of that upstream
     * @param cause how the upstream ended; in a chain of NotReady tasks, how the upstream that failed first ended
     * @param executionInfo when and where the state was decided
     * @param <R> the type of the missing result
     */
    record NotReady<R extends @Nullable Object>(String upstream, Failure cause, ExecutionInfo executionInfo)
            implements State<R> {
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
            return own.flatMap(Failure::throwable).map(text::with).orElse(text);
        }

        /** Returns the state of a task whose upstream was released. */
        public static <R extends @Nullable Object> NotReady<R> released(String upstream, ExecutionInfo executionInfo) {
            Failure cause = Failure.ofText("", "upstream '" + upstream + "' was released before the task ran", "");
            return new NotReady<>(upstream, cause, executionInfo);
        }
    }
}
