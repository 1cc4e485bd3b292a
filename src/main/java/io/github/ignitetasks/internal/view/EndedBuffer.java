package io.github.ignitetasks.internal.view;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.SessionTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded buffer of tasks that have ended, between the threads that end them and the one that reads them. Adding takes
 * no lock and allocates nothing. The last quarter is for failures, so that many completed tasks do not displace them.
 */
final class EndedBuffer {
    static final int CAPACITY = 1 << 14;

    private static final int MASK = CAPACITY - 1;
    private static final int CAPACITY_FOR_COMPLETED = CAPACITY / 4 * 3;

    /** The reader is to be woken after each so many tasks. */
    private static final int WAKE_EVERY = 1 << 10;

    /** The tasks; a task is set after the fields of its place, and so publishes them. */
    private final AtomicReferenceArray<@Nullable SessionTask> tasks = new AtomicReferenceArray<>(CAPACITY);

    private final @Nullable StateType[] types = new @Nullable StateType[CAPACITY];
    private final long[] endNanos = new long[CAPACITY];
    private final long[] runNanos = new long[CAPACITY];

    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();

    /** The outcome of adding a task. */
    enum Added {
        /** The buffer has it. */
        YES,
        /** The buffer has it, and the reader should be woken. */
        YES_AND_WAKE,
        /** The buffer is full. */
        NO
    }

    /** Gets the tasks of the buffer. */
    interface Reader {
        /** Gets a task. */
        void read(SessionTask task, StateType type, long endNanos, long runNanos);
    }

    /** Adds a task that ended at a {@link System#nanoTime()}. */
    Added add(SessionTask task, StateType type, long endedAt, long ranFor) {
        int room = type == StateType.COMPLETED ? CAPACITY_FOR_COMPLETED : CAPACITY;
        long at;
        do {
            at = tail.get();
            if (at - head.get() >= room) {
                return Added.NO;
            }
        } while (!tail.compareAndSet(at, at + 1));
        int place = (int) at & MASK;
        types[place] = type;
        endNanos[place] = endedAt;
        runNanos[place] = ranFor;
        tasks.setRelease(place, task);
        return (at & (WAKE_EVERY - 1)) == 0 ? Added.YES_AND_WAKE : Added.YES;
    }

    /** Reads tasks, at most some; returns how many it read. Only one thread may read at a time. */
    int read(int most, Reader reader) {
        long at = head.get();
        for (int count = 0; count < most; count++) {
            int place = (int) at & MASK;
            SessionTask task = tasks.getAcquire(place);
            if (task == null) {
                return count;
            }
            StateType type = requireNonNull(types[place], "it is set before the task");
            long ended = endNanos[place];
            long ran = runNanos[place];
            tasks.setPlain(place, null);
            at++;
            head.setRelease(at);
            reader.read(task, type, ended, ran);
        }
        return most;
    }
}
