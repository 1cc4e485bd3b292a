package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.events.TaskLabel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An observer whose exceptions and errors stop nothing. An observer may use a library of the user, such as a registry of
 * meters, and events come from threads that move tasks on. The session logs the first one. Safe to share between threads.
 *
 * <p>Each method has a block of its own, because a shared one over a lambda would allocate an object for each event.
 */
final class GuardedEvents implements TaskEvents {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedEvents.class);

    private final String session;
    private final TaskEvents observer;
    private final AtomicBoolean hasThrown = new AtomicBoolean();

    GuardedEvents(String session, TaskEvents observer) {
        this.session = session;
        this.observer = observer;
    }

    private void onThrown(Throwable problem) {
        if (hasThrown.compareAndSet(false, true)) {
            LOG.warn("{}: an observer threw, and goes on; its further exceptions are not logged", session, problem);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void submitted(SessionTask task) {
        try {
            observer.submitted(task);
        } catch (Throwable e) {
            onThrown(e);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void depends(TaskLabel task, List<? extends TaskLabel> upstreams) {
        try {
            observer.depends(task, upstreams);
        } catch (Throwable e) {
            onThrown(e);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void joined(TaskLabel task) {
        try {
            observer.joined(task);
        } catch (Throwable e) {
            onThrown(e);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void queued(String key) {
        try {
            observer.queued(key);
        } catch (Throwable e) {
            onThrown(e);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void sent(String key, String node) {
        try {
            observer.sent(key, node);
        } catch (Throwable e) {
            onThrown(e);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void started(TaskLabel task, String node, int attempt) {
        try {
            observer.started(task, node, attempt);
        } catch (Throwable e) {
            onThrown(e);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void progress(TaskLabel task, String node, int attempt, TaskProgress progress) {
        try {
            observer.progress(task, node, attempt, progress);
        } catch (Throwable e) {
            onThrown(e);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void retrying(TaskLabel task, String node, int attempt, int attempts, State<?> failed, Duration delay) {
        try {
            observer.retrying(task, node, attempt, attempts, failed, delay);
        } catch (Throwable e) {
            onThrown(e);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void ended(SessionTask task, StateType type, long nanos) {
        try {
            observer.ended(task, type, nanos);
        } catch (Throwable e) {
            onThrown(e);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void released(String key, StateType type) {
        try {
            observer.released(key, type);
        } catch (Throwable e) {
            onThrown(e);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void closed() {
        try {
            observer.closed();
        } catch (Throwable e) {
            onThrown(e);
        }
    }
}
