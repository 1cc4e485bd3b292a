package io.github.ignitetasks.internal.metrics;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.events.TaskLabel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer of a session's events, which counts them in the meters that the session shares. A registry may refuse a
 * meter, as filters of users decide with, or lack a method in an old version; that stops no task. Safe to share between threads.
 */
final class SessionMeters implements TaskEvents {
    private static final Logger LOG = LoggerFactory.getLogger(SessionMeters.class);

    private final SharedMeters shared;
    private final CachedSnapshot snapshot;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** Adds a session to those that share the meters of a group. */
    SessionMeters(MeterGroup group, CachedSnapshot snapshot) {
        this.snapshot = snapshot;
        this.shared = SharedMeters.join(group, snapshot);
        try {
            shared.begin();
        } catch (RuntimeException | LinkageError e) {
            onProblem(e);
        }
    }

    @Override
    public void submitted(SessionTask task) {
        if (task.isGiven()) {
            return;
        }
        try {
            shared.of(task).onSubmitted();
        } catch (RuntimeException | LinkageError e) {
            onProblem(e);
        }
    }

    @Override
    public void joined(TaskLabel task) {
        try {
            shared.of(task).onJoined();
        } catch (RuntimeException | LinkageError e) {
            onProblem(e);
        }
    }

    @Override
    public void ended(SessionTask task, StateType type, long nanos) {
        if (task.isGiven()) {
            return;
        }
        try {
            TaskMeters meters = shared.of(task);
            if (task.isCached()) {
                meters.onFound();
            } else {
                meters.onEnded(type, task.attempt(), System.nanoTime() - task.submittedNanos(), nanos);
            }
        } catch (RuntimeException | LinkageError e) {
            onProblem(e);
        }
    }

    /** Logs the first problem as a warning. */
    private void onProblem(Throwable problem) {
        String session = snapshot.session().name();
        if (warned.compareAndSet(false, true)) {
            LOG.warn("{}: the registry refused a meter, so its metrics are not complete", session, problem);
        } else {
            LOG.debug("{}: the registry refused a meter again", session, problem);
        }
    }

    @Override
    public void closed() {
        try {
            shared.leave(snapshot);
        } catch (RuntimeException | LinkageError e) {
            onProblem(e);
        } finally {
            snapshot.close();
        }
    }
}
