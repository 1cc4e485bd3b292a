package io.github.ignitetasks.benchmarks.testbed;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Compilers;
import org.apache.ignite.Ignite;

/** Where rows are measured: a grid with a node in this JVM, which the library and its peer both use. */
public interface Testbed extends Compilers, AutoCloseable {

    /** Returns this JVM's node. */
    Ignite ignite();

    /** Opens a session on the grid, with the settings that it has by default. */
    TaskSession openSession();

    @Override
    void close();
}
