package io.github.ignitetasks.internal.view;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.StateType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The latest tasks that ran and ended, at most {@value #MAX_TASKS}. Index 0 is the oldest one. The columns are arrays,
 * because an object for each task would take three times the memory. Not safe to share.
 */
final class TaskRing {
    static final int MAX_TASKS = 100_000;

    private @Nullable String[] keys = new @Nullable String[1_024];
    private long[] starts = new long[1_024];
    private long[] ends = new long[1_024];
    private short[] names = new short[1_024];
    private int[] rows = new int[1_024];
    private int[] attempts = new int[1_024];
    private int[] numbers = new int[1_024];
    private @Nullable StateType[] types = new @Nullable StateType[1_024];

    private long added;

    /** Adds a task in a row, and drops the oldest one if the ring is full. */
    void add(TaskRun run, int row) {
        if (added == keys.length && keys.length < MAX_TASKS) {
            grow(Math.min(MAX_TASKS, 2 * keys.length));
        }
        int place = (int) (added++ % keys.length);
        keys[place] = run.key();
        starts[place] = run.start();
        ends[place] = run.end();
        names[place] = (short) run.name();
        rows[place] = row;
        attempts[place] = run.attempt();
        numbers[place] = run.number();
        types[place] = run.type();
    }

    private void grow(int length) {
        keys = Arrays.copyOf(keys, length);
        starts = Arrays.copyOf(starts, length);
        ends = Arrays.copyOf(ends, length);
        names = Arrays.copyOf(names, length);
        rows = Arrays.copyOf(rows, length);
        attempts = Arrays.copyOf(attempts, length);
        numbers = Arrays.copyOf(numbers, length);
        types = Arrays.copyOf(types, length);
    }

    /** Returns how many tasks the ring has. */
    int size() {
        return (int) Math.min(added, MAX_TASKS);
    }

    /** Returns whether tasks were dropped. */
    boolean hasDropped() {
        return added > MAX_TASKS;
    }

    private int place(int index) {
        return hasDropped() ? (int) ((added + index) % MAX_TASKS) : index;
    }

    String key(int index) {
        return requireNonNull(keys[place(index)], "the index is below the size");
    }

    /** Returns when a task started, in microseconds since the epoch. */
    long start(int index) {
        return starts[place(index)];
    }

    /** Returns when a task ended, in microseconds since the epoch. */
    long end(int index) {
        return ends[place(index)];
    }

    int name(int index) {
        return names[place(index)];
    }

    int row(int index) {
        return rows[place(index)];
    }

    int attempt(int index) {
        return attempts[place(index)];
    }

    /** Returns how many tasks had run when this one was added, itself included; may overflow. */
    int number(int index) {
        return numbers[place(index)];
    }

    StateType type(int index) {
        return requireNonNull(types[place(index)], "the index is below the size");
    }
}
