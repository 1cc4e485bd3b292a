package io.github.ignitetasks.benchmarks.testbed;

import java.util.UUID;

/** Keys that no grid has seen, numbered from 0. Confined to one thread. */
public final class FreshKeys {
    private final String prefix = UUID.randomUUID().toString().substring(0, 8) + "-";
    private int taken;

    /** Takes so many; returns the number of the first. */
    public int take(int count) {
        int first = taken;
        taken += count;
        return first;
    }

    /** Returns how many were taken. */
    public int taken() {
        return taken;
    }

    /** Returns the key of a number. */
    public String key(int number) {
        return prefix + number;
    }
}
