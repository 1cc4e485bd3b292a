package io.github.ignitetasks.benchmarks.taskbench;

import java.time.Duration;

/**
 * The graphs of a measurement: the longest of their tasks, and how many tasks they have.
 *
 * @param longest the time of the longest tasks, on an idle core
 * @param work the time for which a graph should keep each core busy
 * @param leastTasks the least number of tasks, whatever their time
 */
public record GraphSize(Duration longest, Duration work, int leastTasks) {
    /** The graphs for systems that run tens of thousands of tasks a second. */
    public static final GraphSize OF_SHORT_TASKS = new GraphSize(Duration.ofMillis(20), Duration.ofMillis(400), 600);

    /** The graphs for systems that run hundreds of tasks a second. */
    public static final GraphSize OF_LONG_TASKS = new GraphSize(Duration.ofMillis(40), Duration.ofSeconds(1), 96);

    private static final int MOST_TASKS = 4_000;
    private static final int LEAST_STEPS = 3;

    /** Returns the number of steps of a graph of a width, whose tasks take a time. */
    int steps(int width, double nanos) {
        double tasks = work.toNanos() * Runtime.getRuntime().availableProcessors() / nanos;
        return (int) Math.max(LEAST_STEPS, Math.max(leastTasks, Math.min(MOST_TASKS, tasks)) / width);
    }
}
