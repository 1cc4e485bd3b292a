package io.github.ignitetasks.observe;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.EndedTask;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionSnapshot;
import io.github.ignitetasks.internal.events.SessionSnapshot.PendingCounts;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.support.NoKeys;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A session without tasks. A test counts tasks in its place. */
record FakeSession(String name, TaskCounts counts, AtomicInteger snapshots) implements ObservedSession, NoKeys {
    FakeSession(String name) {
        this(name, new TaskCounts(), new AtomicInteger());
    }

    /** Counts tasks as submitted. */
    void submit(int number) {
        for (int i = 0; i < number; i++) {
            counts.submitted(EndedTask.of("any"));
        }
    }

    /** Counts tasks as started. */
    void start(int number) {
        for (int i = 0; i < number; i++) {
            counts.started(EndedTask.of("any"), "here", 1);
        }
    }

    /** Counts started tasks as ended. */
    void end(int number, StateType type) {
        for (int i = 0; i < number; i++) {
            counts.ended(EndedTask.of("any"), type, 1);
        }
    }

    /** Counts tasks that were found. */
    void find(int number) {
        for (int i = 0; i < number; i++) {
            counts.ended(EndedTask.of("any").cached(), StateType.COMPLETED, 0);
        }
    }

    /** Says that 3 tasks run. */
    @Override
    public SessionSnapshot snapshot() {
        snapshots.incrementAndGet();
        return new SessionSnapshot(Map.of("any", new PendingCounts(0, 5, 3, 0)), List.of());
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public String description() {
        return "nowhere";
    }
}
