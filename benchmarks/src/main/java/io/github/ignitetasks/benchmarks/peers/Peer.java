package io.github.ignitetasks.benchmarks.peers;

import java.util.concurrent.Callable;

/** Runs tasks without this library, as its users would otherwise. The code that creates a peer closes it. */
@FunctionalInterface
public interface Peer extends AutoCloseable {

    /** Starts the task with a new number. Returns a call that waits for the result, which is the number plus one. */
    Callable<Integer> start(int number) throws Exception;

    @Override
    default void close() {}
}
