package io.github.ignitetasks.benchmarks.peers;

import java.util.concurrent.Callable;

/** Runs tasks as people do who do not use this library. Closed by who made it. */
@FunctionalInterface
public interface Peer extends AutoCloseable {

    /** Starts the task of a number that it has not had before; returns what waits for its result, one more. */
    Callable<Integer> start(int number) throws Exception;

    @Override
    default void close() {}
}
