package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskProgress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An observer whose exceptions and errors stop nothing. An observer may use a library of the user, such as a registry of
 * meters or a logging back end, and events come from threads that move tasks on. The first one is logged. Safe to share
 * between threads.
 *
 * <p>Each method has a block of its own, because a shared one over a lambda would allocate an object for each event.
 */
public final class GuardedEvents implements TaskEvents {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedEvents.class);

    private final String owner;
    private final TaskEvents observer;
    private final AtomicBoolean hasThrown = new AtomicBoolean();

    /** Guards an observer of this owner, which is the name of a session or a node. */
    public GuardedEvents(String owner, TaskEvents observer) {
        this.owner = owner;
        this.observer = observer;
    }

    private void onThrown(Throwable problem) {
        if (hasThrown.compareAndSet(false, true)) {
            try {
                LOG.warn("{}: an observer threw, and goes on; its further exceptions are not logged", owner, problem);
            } catch (RuntimeException e) {
                problem.addSuppressed(e); // the log itself fails, so there is nowhere to tell it
            }
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
