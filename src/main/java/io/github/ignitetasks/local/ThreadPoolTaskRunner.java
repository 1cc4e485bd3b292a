package io.github.ignitetasks.local;

import io.github.ignitetasks.ConcurrencyType;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.execution.Slots;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs calls on threads of this JVM; the default runner of a flow. Calls are not copied, and keys belong to the
 * session.
 *
 * <p>Immutable, safe to share.
 *
 * @param slots the maximum number of calls that run at a time, from 1
 */
public record ThreadPoolTaskRunner(int slots) implements TaskRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadPoolTaskRunner.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    /**
     * Checks the setting.
     *
     * @throws IllegalArgumentException if the number of slots is less than 1 or more than 65,536
     */
    public ThreadPoolTaskRunner {
        Slots.checkSize(slots);
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
        return new ThreadPoolTaskRunner(slots);
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
        Slots threads = new Slots(name, slots);
        return LocalBackend.openSession(name, call -> call.runIn(threads), threads::close);
    }

    @Override
    public TaskRunner duplicate() {
        return new ThreadPoolTaskRunner(slots);
    }
}
