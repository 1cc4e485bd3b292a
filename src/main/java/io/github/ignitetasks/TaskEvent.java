package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a task of a session; a {@link TaskListener} gets it. Immutable, safe to share.
 *
 * <p>Two tasks of a session never have one key at a time. A key that was released, or whose state does not count any
 * more, may be submitted again, and begins anew.
 */
public sealed interface TaskEvent {

    /** Returns the key of the task. */
    String key();

    /** Returns the name of the task, see {@link CallOptions#withName}; empty for a task without a name. */
    Optional<String> name();

    /** Returns the id of the flow run that submitted the task; empty if no flow did. */
    Optional<String> flowRunId();

    /** Returns when it happened, by the clock of the node where it happened. */
    Instant time();

    /**
     * The session accepted the task.
     *
     * @param key the key of the task
     * @param name the name of the task
     * @param flowRunId the flow run that submitted it
     * @param time when the session accepted it
     */
    record Submitted(String key, Optional<String> name, Optional<String> flowRunId, Instant time) implements TaskEvent {
        /** Checks the values. */
        public Submitted {
            check(key, name, flowRunId, time);
        }
    }

    /**
     * An attempt at the task started.
     *
     * @param key the key of the task
     * @param name the name of the task
     * @param flowRunId the flow run that submitted it
     * @param time when the attempt started
     * @param node the name of its node; {@code local} for a runner of this JVM
     * @param attempt the number of the attempt, from 1
     */
    record Started(
            String key, Optional<String> name, Optional<String> flowRunId, Instant time, String node, int attempt)
            implements TaskEvent {
        /** Checks the values. */
        public Started {
            check(key, name, flowRunId, time);
            requireNonNull(node, "node");
        }
    }

    /**
     * An attempt at the task failed, and another follows.
     *
     * @param key the key of the task
     * @param name the name of the task
     * @param flowRunId the flow run that submitted it
     * @param failed the attempt that failed, with its number, node and failure
     */
    record Retrying(String key, Optional<String> name, Optional<String> flowRunId, FailedAttempt failed)
            implements TaskEvent {
        /** Checks the values. */
        public Retrying {
            requireNonNull(failed, "failed");
            check(key, name, flowRunId, failed.endTime());
        }

        /** Returns when the attempt failed. */
        @Override
        public Instant time() {
            return failed.endTime();
        }
    }

    /**
     * The task told how far it is.
     *
     * @param key the key of the task
     * @param name the name of the task
     * @param flowRunId the flow run that submitted it
     * @param node the name of the node that runs it
     * @param attempt the number of the attempt, from 1
     * @param progress how far it is
     */
    record Progressed(
            String key,
            Optional<String> name,
            Optional<String> flowRunId,
            String node,
            int attempt,
            TaskProgress progress)
            implements TaskEvent {
        /** Checks the values. */
        public Progressed {
            requireNonNull(progress, "progress");
            check(key, name, flowRunId, progress.time());
            requireNonNull(node, "node");
        }

        /** Returns when the task told it. */
        @Override
        public Instant time() {
            return progress.time();
        }
    }

    /**
     * The task has its final state.
     *
     * @param key the key of the task
     * @param name the name of the task
     * @param flowRunId the flow run that submitted it
     * @param time when the state became final
     * @param type the type of the state
     * @param isCached whether the state was found, so that nothing ran, see {@link State#isCached()}
     * @param failure why the task did not complete; empty for a task that Completed or was Cancelled
     * @param node the name of the node that ran the last attempt, or that decided the state
     * @param attempt the number of the last attempt; 0 if no attempt ever started
     * @param waitTime how long the task was not in its last attempt, from its submission here until its end was heard
     *     here. It includes waits for upstreams, slots and retries, and earlier attempts
     * @param runTime how long the last attempt ran; zero if none started. For a found state, how long it ran back then
     */
    record Ended(
            String key,
            Optional<String> name,
            Optional<String> flowRunId,
            Instant time,
            StateType type,
            boolean isCached,
            Optional<Failure> failure,
            String node,
            int attempt,
            Duration waitTime,
            Duration runTime)
            implements TaskEvent {
        /** Checks the values. */
        public Ended {
            check(key, name, flowRunId, time);
            requireNonNull(type, "type");
            requireNonNull(failure, "failure");
            requireNonNull(node, "node");
            requireNonNull(waitTime, "waitTime");
            requireNonNull(runTime, "runTime");
        }
    }

    private static void check(String key, Optional<String> name, Optional<String> flowRunId, Instant time) {
        requireNonNull(key, "key");
        requireNonNull(name, "name");
        requireNonNull(flowRunId, "flowRunId");
        requireNonNull(time, "time");
    }
}
