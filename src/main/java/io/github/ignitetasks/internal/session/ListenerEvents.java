package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.FailedAttempt;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskEvent;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.events.TaskLabel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Passes a session's events on to its listeners, by a queue. Safe to share between threads. */
final class ListenerEvents implements TaskEvents {
    private static final int CAPACITY = 10_000;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final ListenerQueue queue;

    private ListenerEvents(ListenerQueue queue) {
        this.queue = queue;
    }

    /** Lets listeners hear the events of a session, if there are any listeners. */
    static void addTo(EventStream events, String session, List<? extends TaskListener> listeners) {
        if (!listeners.isEmpty()) {
            events.add(new ListenerEvents(new ListenerQueue(session, listeners, CAPACITY)));
        }
    }

    private void add(TaskEvent event) {
        queue.add(() -> List.of(event));
    }

    @Override
    public void submitted(SessionTask task) {
        if (!task.isGiven()) {
            add(new TaskEvent.Submitted(task.key(), task.name(), task.flowRun(), Instant.now()));
        }
    }

    @Override
    public void started(TaskLabel task, String node, int attempt) {
        add(new TaskEvent.Started(task.key(), task.name(), task.flowRun(), Instant.now(), node, attempt));
    }

    @Override
    public void progress(TaskLabel task, String node, int attempt, TaskProgress progress) {
        add(new TaskEvent.Progressed(task.key(), task.name(), task.flowRun(), node, attempt, progress));
    }

    @Override
    public void retrying(TaskLabel task, String node, int attempt, int attempts, State<?> failed, Duration delay) {
        queue.add(() -> {
            List<FailedAttempt> all = FailedAttempt.allOf(failed);
            return List.of(new TaskEvent.Retrying(task.key(), task.name(), task.flowRun(), all.get(all.size() - 1)));
        });
    }

    /** Notes the end; the thread of the listeners reads the rest of the state. */
    @Override
    public void ended(SessionTask task, StateType type, long nanos) {
        if (!task.isGiven()) {
            long elapsed = System.nanoTime() - task.submittedNanos();
            queue.add(() -> atEnd(task, type, elapsed, nanos));
        }
    }

    private static List<TaskEvent> atEnd(SessionTask task, StateType type, long elapsed, long nanos) {
        ExecutionInfo info = task.executionInfo();
        List<TaskEvent> events = new ArrayList<>();
        if (!task.isStartTold() && !task.isCached() && info.attempt() > 0) {
            addAttempts(events, task, info);
        }
        long wait = task.isCached() ? elapsed : Math.max(0, elapsed - nanos);
        Optional<Failure> failure = task.failure();
        events.add(new TaskEvent.Ended(
                task.key(),
                task.name(),
                task.flowRun(),
                info.endTime(),
                type,
                task.isCached(),
                failure,
                info.node(),
                info.attempt(),
                Duration.ofNanos(wait),
                Duration.ofNanos(nanos)));
        return events;
    }

    private static void addAttempts(List<TaskEvent> events, SessionTask task, ExecutionInfo info) {
        for (FailedAttempt failed : info.failedAttempts()) {
            events.add(new TaskEvent.Started(
                    task.key(), task.name(), task.flowRun(), failed.startTime(), failed.node(), failed.number()));
            events.add(new TaskEvent.Retrying(task.key(), task.name(), task.flowRun(), failed));
        }
        events.add(new TaskEvent.Started(
                task.key(), task.name(), task.flowRun(), info.startTime(), info.node(), info.attempt()));
    }

    @Override
    public void closed() {
        queue.close(CLOSE_LIMIT);
    }
}
