package io.github.ignitetasks.benchmarks.testbed;

import java.util.UUID;

/** Keys that no grid has seen, numbered from 0. Not thread-safe. */
public final class FreshKeys {
    private final String prefix = UUID.randomUUID().toString().substring(0, 8) + "-";
    private int taken;

    /** Takes a number of keys, and returns the number of the first. */
    public int take(int count) {
        int first = taken;
        taken += count;
        return first;
    }

    /** Returns how many keys were taken. */
    public int taken() {
        return taken;
    }

    /** Returns the key with a number. */
    public String key(int number) {
        return prefix + number;
    }
}
