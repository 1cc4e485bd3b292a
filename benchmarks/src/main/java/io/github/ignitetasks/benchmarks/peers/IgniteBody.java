package io.github.ignitetasks.benchmarks.peers;

import org.apache.ignite.lang.IgniteCallable;

/** What the tasks of raw Ignite do. */
@FunctionalInterface
public interface IgniteBody {

    /** Returns what the task of a number does. */
    IgniteCallable<Integer> of(int number);
}
