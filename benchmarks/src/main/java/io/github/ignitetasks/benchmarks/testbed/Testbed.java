package io.github.ignitetasks.benchmarks.testbed;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Compilers;
import io.github.ignitetasks.benchmarks.measure.WarmUp;
import org.apache.ignite.Ignite;

/** A grid with a node in this JVM, on which rows are measured. The library and its peer both use that node. */
public interface Testbed extends Compilers, AutoCloseable {

    /** Returns the node in this JVM. */
    Ignite ignite();

    /** Opens a session on the grid with the grid's default settings. */
    TaskSession openSession();

    /** Returns the warm-up of its JVMs. */
    WarmUp warmUp();

    @Override
    void close();
}
