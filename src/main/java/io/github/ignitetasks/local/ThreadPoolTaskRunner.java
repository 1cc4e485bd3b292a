package io.github.ignitetasks.local;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.ConcurrencyType;
import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.execution.Slots;
import java.io.Serial;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs calls on threads of this JVM; the default runner of a flow. Calls are not copied, and keys belong to the
 * session.
 *
 * <p>Two runners are equal if all their settings are. Immutable, safe to share.
 */
public final class ThreadPoolTaskRunner implements TaskRunner {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ThreadPoolTaskRunner.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int slots;
    private final SessionLimits limits;
    private final transient List<TaskListener> listeners;

    private ThreadPoolTaskRunner(int slots, SessionLimits limits, List<TaskListener> listeners) {
        this.slots = Slots.checkSize(slots);
        this.limits = requireNonNull(limits, "limits");
        this.listeners = listeners;
    }

    /** Returns a runner with one slot for each processor of this JVM. */
    public static ThreadPoolTaskRunner create() {
        return withSlots(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Returns a runner with the given number of slots.
     *
     * @throws IllegalArgumentException if the number of slots is less than 1 or more than 65,536
     */
    public static ThreadPoolTaskRunner withSlots(int slots) {
        return new ThreadPoolTaskRunner(slots, SessionLimits.standard(), List.of());
    }

    /** Returns this runner with other limits on what its sessions hold; by default {@link SessionLimits#standard}. */
    public ThreadPoolTaskRunner withLimits(SessionLimits limits) {
        return new ThreadPoolTaskRunner(slots, limits, listeners);
    }

    @Override
    public ThreadPoolTaskRunner withListener(TaskListener listener) {
        return new ThreadPoolTaskRunner(slots, limits, LocalBackend.with(listeners, listener));
    }

    /** Returns the limits on what its sessions hold. */
    public SessionLimits limits() {
        return limits;
    }

    /** Returns the maximum number of calls that run at a time. */
    public int slots() {
        return slots;
    }

    @Override
    public String name() {
        return "thread-pool";
    }

    @Override
    public ConcurrencyType concurrencyType() {
        return ConcurrencyType.CONCURRENT;
    }

    @Override
    public TaskSession start() {
        TaskInterruptedException.throwIfInterrupted("interrupted before runner " + name() + " started");
        String name = name() + "-" + COUNT.incrementAndGet();
        LOG.info("{} started: this JVM, {} slots", name, slots);
        return LocalBackend.openSession(name, LocalThreads.of(new Slots(name, slots)), limits, listeners);
    }

    @Override
    public TaskRunner duplicate() {
        return new ThreadPoolTaskRunner(slots, limits, listeners);
    }

    /** Checks settings that were read. */
    @Serial
    private Object readResolve() {
        return new ThreadPoolTaskRunner(slots, limits, List.of());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ThreadPoolTaskRunner that
                && slots == that.slots
                && limits.equals(that.limits)
                && listeners.equals(that.listeners);
    }

    @Override
    public int hashCode() {
        return Objects.hash(slots, limits, listeners);
    }

    @Override
    public String toString() {
        return "ThreadPoolTaskRunner[slots=" + slots + ", limits=" + limits + "]";
    }
}
