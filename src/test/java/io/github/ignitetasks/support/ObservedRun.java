package io.github.ignitetasks.support;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionSnapshot;
import io.github.ignitetasks.internal.events.SessionSnapshot.PendingCounts;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.internal.events.TaskEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A session without tasks of its own: a test says what happens, and the observers of the session hear it. */
public final class ObservedRun implements ObservedSession, NoKeys {
    private final String name;
    private final TaskCounts counts = new TaskCounts();
    private final EventStream events = new EventStream();
    private volatile SessionSnapshot snapshot = new SessionSnapshot(Map.of(), List.of());

    /** Makes a session whose observers are added later. */
    public ObservedRun() {
        this("fake-1");
    }

    /** Makes a session with a name. */
    public ObservedRun(String name) {
        this.name = name;
        events.add(counts);
    }

    /** Adds a consumer of the events. */
    public void add(TaskEvents consumer) {
        events.add(consumer);
    }

    /** Submits tasks. */
    public void submit(ObservedTask... tasks) {
        Arrays.stream(tasks).forEach(events::submitted);
    }

    /** Ends tasks that were submitted. Each ran as long as its information says. */
    public void end(StateType type, ObservedTask... tasks) {
        for (ObservedTask task : tasks) {
            Duration ran = Duration.between(
                    task.executionInfo().startTime(), task.executionInfo().endTime());
            events.ended(task, type, ran.toNanos());
        }
    }

    /** Submits and ends tasks. */
    public void run(StateType type, ObservedTask... tasks) {
        submit(tasks);
        end(type, tasks);
    }

    /** Returns the stream of events, for events without a method here. */
    public TaskEvents events() {
        return events;
    }

    /** Sets the snapshot of the session. */
    public void setSnapshot(Map<String, PendingCounts> pending, NodeReport... nodes) {
        snapshot = new SessionSnapshot(pending, List.of(nodes));
    }

    /** Returns a report of a node with 4 slots. */
    public static NodeReport report(String node, ActiveCall... calls) {
        return new NodeReport(
                4,
                3,
                2,
                node,
                new UUID(0, 1),
                Instant.now(),
                10,
                20,
                0.25,
                7,
                8,
                Map.of(),
                calls.length,
                NodeReport.longest(List.of(calls)),
                List.of());
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "nowhere";
    }

    @Override
    public TaskCounts counts() {
        return counts;
    }

    @Override
    public SessionSnapshot snapshot() {
        return snapshot;
    }
}
