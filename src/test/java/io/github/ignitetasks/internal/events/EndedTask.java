package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import java.time.Instant;
import java.util.Optional;

/** A task of tests, without a session. It ended in an attempt on node {@code here}. */
public record EndedTask(
        String key,
        Optional<String> name,
        int attempt,
        boolean isCached,
        boolean isStartTold,
        Optional<Failure> failure)
        implements SessionTask {

    /** Returns a task without a name that ended in its first attempt. */
    public static EndedTask of(String key) {
        return new EndedTask(key, Optional.empty(), 1, false, true, Optional.empty());
    }

    /** Returns this task with a name. */
    public EndedTask named(String name) {
        return new EndedTask(key, Optional.of(name), attempt, isCached, isStartTold, failure);
    }

    /** Returns this task with another attempt. */
    public EndedTask in(int number) {
        return new EndedTask(key, name, number, isCached, isStartTold, failure);
    }

    /** Returns this task as one that was found. */
    public EndedTask cached() {
        return new EndedTask(key, name, attempt, true, isStartTold, failure);
    }

    /** Returns this task as one that failed. */
    public EndedTask failedWith(Failure cause) {
        return new EndedTask(key, name, attempt, isCached, isStartTold, Optional.of(cause));
    }

    @Override
    public Optional<String> flowRun() {
        return Optional.of("run-1");
    }

    @Override
    public boolean isGiven() {
        return false;
    }

    @Override
    public long submittedNanos() {
        return System.nanoTime();
    }

    @Override
    public ExecutionInfo executionInfo() {
        Instant now = Instant.now();
        return new ExecutionInfo(now, now, "here", attempt);
    }
}
