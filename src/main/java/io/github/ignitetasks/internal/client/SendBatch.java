package io.github.ignitetasks.internal.client;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls that one thread sends in one go. Each connection starts once all of them are there, and carries its calls
 * together. If it started with the first call, that call would take an exchange of its own. Safe to share between threads.
 *
 * @param <C> the type of the connections
 */
final class SendBatch<C> {
    private final Consumer<C> start;

    /** The connections that this thread has given calls, and that have not started; null outside a batch. */
    @SuppressWarnings("ThreadLocalUsage") // each session has its own, and no thread keeps an entry after its batch
    private final ThreadLocal<@Nullable Set<C>> open = new ThreadLocal<>();

    /** Makes a batch; the action starts a connection, which then sends the calls that it was given. */
    SendBatch(Consumer<C> start) {
        this.start = start;
    }

    /** Runs code that sends several calls. They go once it has ended; within another batch, once that has ended. */
    void run(Runnable code) {
        if (open.get() != null) {
            code.run();
            return;
        }
        Set<C> given = new LinkedHashSet<>();
        open.set(given);
        try {
            code.run();
        } finally {
            open.remove();
            startAll(given.iterator());
        }
    }

    /** Starts all connections, also those after one that fails. */
    private void startAll(Iterator<C> given) {
        while (given.hasNext()) {
            try {
                start.accept(given.next());
            } catch (RuntimeException | Error e) {
                startAll(given);
                throw e;
            }
        }
    }

    /** Starts a connection that was given a call: at the end of this thread's batch, or at once if there is none. */
    void start(C connection) {
        Set<C> given = open.get();
        if (given == null) {
            start.accept(connection);
        } else {
            given.add(connection);
        }
    }
}
