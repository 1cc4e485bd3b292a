package io.github.ignitetasks.support;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.internal.events.SessionTask;
import java.time.Instant;
import java.util.Optional;

/** A task of an {@link ObservedRun}, which says what a test wants. */
public record ObservedTask(
        String key,
        Optional<String> name,
        ExecutionInfo executionInfo,
        Optional<Failure> failure,
        boolean isCached,
        boolean isGiven,
        long submittedNanos)
        implements SessionTask {

    /** Returns a task of a name that ran on node {@code n1} for 10 ms until now. */
    public static ObservedTask of(String key, String name) {
        Instant now = Instant.now();
        ExecutionInfo info = new ExecutionInfo(now.minusMillis(10), now, "n1", 1);
        return new ObservedTask(
                key, Optional.of(name), info, Optional.empty(), false, false, System.nanoTime() - 20_000_000);
    }

    /** Returns this task as one that ran elsewhere, or at another time. */
    public ObservedTask ran(String node, Instant start, Instant end) {
        ExecutionInfo info = new ExecutionInfo(start, end, node, 1);
        return new ObservedTask(key, name, info, failure, isCached, isGiven, submittedNanos);
    }

    /** Returns this task as one that failed. */
    public ObservedTask failedWith(Failure cause) {
        return new ObservedTask(key, name, executionInfo, Optional.of(cause), isCached, isGiven, submittedNanos);
    }

    /** Returns this task as one that was found. */
    public ObservedTask found() {
        return new ObservedTask(key, name, executionInfo, failure, true, isGiven, submittedNanos);
    }

    /** Returns this task as a value that was given to the session. */
    public ObservedTask given() {
        return new ObservedTask(key, name, executionInfo, failure, isCached, true, submittedNanos);
    }

    @Override
    public Optional<String> flowRun() {
        return Optional.empty();
    }

    @Override
    public boolean isStartTold() {
        return false;
    }

    @Override
    public int attempt() {
        return executionInfo.attempt();
    }
}
