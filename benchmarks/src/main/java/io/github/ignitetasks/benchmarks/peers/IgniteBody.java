package io.github.ignitetasks.benchmarks.peers;

import org.apache.ignite.lang.IgniteCallable;

/** The body of the tasks of raw Ignite. */
@FunctionalInterface
public interface IgniteBody {

    /** Returns the call of the task with a number. */
    IgniteCallable<Integer> of(int number);
}
