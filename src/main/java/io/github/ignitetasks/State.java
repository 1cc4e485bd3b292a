package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended. Every state is final: a task that has not ended has none.
 *
 * <p>Immutable and safe to share, as far as the result is.
 *
 * @param <R> the type of the result
 */
public sealed interface State<R extends @Nullable Object> extends Serializable {

    /** Returns which of the ways to end this is. */
    StateType type();

    /** Returns when and where the task ran. */
    ExecutionInfo executionInfo();

    /**
     * Returns the result.
     *
     * @throws NotCompletedException if the task did not complete; its cause is what the task threw
     */
    default R result() {
        throw new NotCompletedException("the task", this);
    }

    /** Returns what went wrong: empty if Completed or Cancelled. */
    default Optional<Failure> failure() {
        return Optional.empty();
    }

    /** Returns whether the task completed. */
    default boolean isCompleted() {
        return type() == StateType.COMPLETED;
    }

    /** Returns the state's name, such as {@code Completed}; of a task that took too long, {@code TimedOut}. */
    default String name() {
        return type().toString();
    }

    /** Returns the name, with what went wrong where something did. */
    default String describe() {
        return failure().map(failure -> name() + ": " + failure).orElseGet(this::name);
    }

    /** Returns when the last attempt started. */
    default Instant startTime() {
        return executionInfo().startTime();
    }

    /** Returns when the state became final. */
    default Instant endTime() {
        return executionInfo().endTime();
    }

    /** Returns the node that ran the last attempt. */
    default String node() {
        return executionInfo().node();
    }

    /** Returns which attempt was the last, from 1; 0 if the task never ran. */
    default int attempt() {
        return executionInfo().attempt();
    }

    /**
     * The task returned.
     *
     * @param result what it returned
     * @param executionInfo when and where
     * @param <R> the type of the result
     */
    record Completed<R extends @Nullable Object>(R result, ExecutionInfo executionInfo) implements State<R> {
        private enum Missing {
            ELSEWHERE
        }

        /**
         * Returns the state of a task whose result is not in it, as it was left where it is: {@link #result} throws an
         * {@link IllegalStateException}.
         */
        @SuppressWarnings("unchecked") // it is never returned
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
     * The task's own code threw, or took too long.
     *
     * @param reason which of the two
     * @param cause what was thrown
     * @param executionInfo when and where
     * @param <R> the type of the result that it does not have
     */
    record Failed<R extends @Nullable Object>(Reason reason, Failure cause, ExecutionInfo executionInfo)
            implements State<R> {

        /** Why a task Failed. */
        public enum Reason {
            /** Its code threw. */
            EXCEPTION,
            /** It ran longer than its timeout. */
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
     * What runs tasks went wrong: the call, its result or its exception could not be carried, something failed
     * outside the call's own code, or its node died too often.
     *
     * @param cause what went wrong
     * @param executionInfo when and where
     * @param <R> the type of the result that it does not have
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
     * The task was cancelled.
     *
     * @param stillRunning whether its code ignored the interrupt, and ran on when this was decided
     * @param executionInfo when and where
     * @param <R> the type of the result that it does not have
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
     * The task never ran, because an upstream did not complete.
     *
     * @param upstream the key of that upstream
     * @param cause how the upstream ended; through a chain of such tasks, how the first of them did
     * @param executionInfo when and where it was decided
     * @param <R> the type of the result that it does not have
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

        /** Returns the state of a task that needs an upstream which ended in a state that has no result. */
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

        /** Returns the state of a task that needs an upstream which was released. */
        public static <R extends @Nullable Object> NotReady<R> released(String upstream, ExecutionInfo executionInfo) {
            Failure cause = Failure.ofText("", "upstream '" + upstream + "' was released before the task ran", "");
            return new NotReady<>(upstream, cause, executionInfo);
        }
    }
}
