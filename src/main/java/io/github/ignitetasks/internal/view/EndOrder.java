package io.github.ignitetasks.internal.view;

import static java.util.Comparator.comparingLong;

import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Puts tasks into the order of their ends. A session hears of the ends in groups, some of them late, and lanes need the
 * order. Not safe to share.
 */
final class EndOrder {
    static final int MAX_TASKS = 8_192;

    private final Queue<TaskRun> waiting = new PriorityQueue<>(comparingLong(TaskRun::end));

    /** Adds a task. */
    void add(TaskRun run) {
        waiting.add(run);
    }

    /**
     * Removes the tasks that ended until some time, in order. It removes later ones too if there are too many.
     *
     * @param until the time, in microseconds since the epoch
     */
    void removeUntil(long until, Consumer<TaskRun> consumer) {
        TaskRun first = waiting.peek();
        while (first != null && (first.end() <= until || waiting.size() > MAX_TASKS)) {
            waiting.remove();
            consumer.accept(first);
            first = waiting.peek();
        }
    }
}
