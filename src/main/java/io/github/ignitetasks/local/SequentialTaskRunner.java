package io.github.ignitetasks.local;

import io.github.ignitetasks.ConcurrencyType;
import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each call on the thread that submits it, before {@code submit} returns. Use it for debugging, and for code that
 * must not run concurrently. Calls are not copied, and keys belong to the session.
 *
 * <p>A timeout interrupts the submitting thread; code that ignores interrupts delays {@code submit} nevertheless. If
 * another thread interrupts the submitting thread, the code sees the interrupt, and the interrupt flag is set again
 * when {@code submit} returns. A task that itself throws an exception of an interrupt type does not set the flag. A
 * task that interrupts its own thread interrupts the submitter.
 *
 * <p>Immutable, safe to share.
 */
public final class SequentialTaskRunner implements TaskRunner {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SequentialTaskRunner.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final transient List<TaskListener> listeners;

    private SequentialTaskRunner(List<TaskListener> listeners) {
        this.listeners = listeners;
    }

    /** Returns a sequential runner; all sequential runners without listeners are equal. */
    public static SequentialTaskRunner create() {
        return new SequentialTaskRunner(List.of());
    }

    @Override
    public SequentialTaskRunner withListener(TaskListener listener) {
        return new SequentialTaskRunner(LocalBackend.with(listeners, listener));
    }

    @Override
    public String name() {
        return "sequential";
    }

    @Override
    public ConcurrencyType concurrencyType() {
        return ConcurrencyType.SEQUENTIAL;
    }

    @Override
    public TaskSession start() {
        TaskInterruptedException.throwIfInterrupted("interrupted before runner " + name() + " started");
        String name = name() + "-" + COUNT.incrementAndGet();
        LOG.info("{} started: the submitting thread", name);
        return LocalBackend.openSession(name, LocalThreads.ofSubmitters(), SessionLimits.standard(), listeners);
    }

    @Override
    public TaskRunner duplicate() {
        return new SequentialTaskRunner(listeners);
    }

    /** Sets the listeners, which stay in the JVM of the runner that was written. */
    @Serial
    private Object readResolve() {
        return create();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SequentialTaskRunner that && listeners.equals(that.listeners);
    }

    @Override
    public int hashCode() {
        return SequentialTaskRunner.class.hashCode() + listeners.hashCode();
    }
}
