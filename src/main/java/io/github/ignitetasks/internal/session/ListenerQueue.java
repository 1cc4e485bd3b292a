package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.TaskEvent;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.execution.NamedThreads;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue between a session and its listeners, and the thread that calls them. A full queue drops what comes. Safe to
 * share between threads.
 */
final class ListenerQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerQueue.class);

    /** How many classes of exceptions are logged. */
    private static final int MAX_KINDS = 20;

    /** How many events may wait unread. An unread one holds its task, and the result of it. */
    private static final int MAX_UNREAD = 256;

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Wakes the thread of an empty queue that closes. */
    private static final Supplier<List<TaskEvent>> WAKE = List::of;

    private final String session;
    private final List<TaskListener> listeners;
    private final BlockingQueue<Supplier<List<TaskEvent>>> queue;
    private final LongAdder dropped = new LongAdder();

    /** When the session last logged what it dropped. */
    private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - QUIET_NANOS);

    /** The classes of the exceptions that were logged. */
    private final Set<Class<?>> thrown = ConcurrentHashMap.newKeySet();

    /** Calls the listeners; null before the first event. Written under the lock. */
    private volatile @Nullable Thread thread;

    private volatile boolean closed;

    /** Whether close has waited long enough. */
    private volatile boolean abandoned;

    /** Makes a queue of so many events. */
    ListenerQueue(String session, List<? extends TaskListener> listeners, int capacity) {
        this.session = session;
        this.listeners = List.copyOf(listeners);
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    /**
     * Queues events, or drops them. The thread of the listeners computes them, but this thread does if many others wait: then
     * only their texts are kept, and not the results of the tasks. Does not block.
     */
    void add(Supplier<List<TaskEvent>> events) {
        if (closed) {
            return;
        }
        if (thread == null) {
            start();
        }
        if (!queue.offer(queue.size() < MAX_UNREAD ? events : read(events))) {
            onDropped();
        }
    }

    private Supplier<List<TaskEvent>> read(Supplier<List<TaskEvent>> events) {
        if (queue.remainingCapacity() == 0) {
            return events; // they are dropped
        }
        List<TaskEvent> now = compute(events);
        return () -> now;
    }

    private synchronized void start() {
        if (thread == null) {
            Thread first = new NamedThreads(session + "-listener").newThread(this::run);
            first.start();
            thread = first;
        }
    }

    private void onDropped() {
        dropped.increment();
        long now = System.nanoTime();
        long last = lastWarning.get();
        if (now - last >= QUIET_NANOS && lastWarning.compareAndSet(last, now)) {
            LOG.warn("{}: a listener is too slow, and misses events; {} so far", session, dropped);
        }
    }

    private void run() {
        while (!abandoned && !(closed && queue.isEmpty())) {
            try {
                tell(queue.take());
            } catch (InterruptedException e) {
                // close has waited long enough, or a listener interrupted its own thread
            }
        }
    }

    private void tell(Supplier<List<TaskEvent>> events) {
        for (TaskEvent event : compute(events)) {
            for (TaskListener listener : listeners) {
                if (!abandoned) {
                    tell(listener, event);
                }
            }
        }
    }

    @SuppressWarnings("CatchingUnchecked") // an event that cannot be read must not keep others from the listeners
    private List<TaskEvent> compute(Supplier<List<TaskEvent>> events) {
        try {
            return events.get();
        } catch (Throwable e) {
            onThrown("an event cannot be read, so listeners miss it", e);
            return List.of();
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever a listener throws must not stop the others
    private void tell(TaskListener listener, TaskEvent event) {
        try {
            pass(event, listener);
        } catch (Throwable e) {
            onThrown("a listener threw, and goes on", e);
        }
    }

    private void onThrown(String what, Throwable problem) {
        if (thrown.size() < MAX_KINDS && thrown.add(problem.getClass())) {
            LOG.warn("{}: {}; further such exceptions are not logged", session, what, problem);
        }
    }

    private static void pass(TaskEvent event, TaskListener listener) {
        if (event instanceof TaskEvent.Submitted submitted) {
            listener.submitted(submitted);
        } else if (event instanceof TaskEvent.Started started) {
            listener.started(started);
        } else if (event instanceof TaskEvent.Retrying retrying) {
            listener.retrying(retrying);
        } else if (event instanceof TaskEvent.Progressed progressed) {
            listener.progress(progressed);
        } else if (event instanceof TaskEvent.Ended ended) {
            listener.ended(ended);
        }
    }

    /**
     * Takes no more events, and waits until the listeners have those that it took. When the time is up, or this thread is
     * interrupted, it drops the rest. The thread of the listeners does not wait for itself.
     */
    void close(Duration limit) {
        closed = true;
        Thread running = thread;
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        boolean unusedFull = queue.offer(WAKE); // a full queue wakes the thread too
        boolean ended = awaitEnd(running, limit);
        if (!ended) {
            abandoned = true;
            boolean unusedWoken = queue.remove(WAKE); // no event
            dropped.add(queue.size());
            running.interrupt();
        }
        if (dropped.sum() > 0) {
            LOG.warn("{}: its listeners missed {} events, as they were too slow", session, dropped);
        }
    }

    private static boolean awaitEnd(Thread running, Duration limit) {
        try {
            return RunningCall.lendSlotWhile(() -> "listeners to hear of the end of a session", () -> {
                TimeUnit.NANOSECONDS.timedJoin(running, limit.toNanos());
                return !running.isAlive();
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
