package io.github.ignitetasks.benchmarks.taskbench;

/** Busy work without a system that runs tasks: in plain threads or processes, one for each core. */
public interface PlainWork {

    /** Returns how many iterations a core does in a nanosecond while all cores are busy. */
    double iterationsPerNano() throws Exception;

    /** Does iterations, as many on each core, and returns the time that they take, in nanoseconds. */
    double nanos(long iterations) throws Exception;
}
