package io.github.ignitetasks.benchmarks.jmh;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import org.apache.ignite.IgniteCompute;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The node in a benchmark's JVM, and a session on it. */
@State(Scope.Benchmark)
public class Node {
    private final Testbeds testbeds = new Testbeds();
    private final Testbed testbed = testbeds.embedded();
    private final IgniteCompute compute = testbed.ignite().compute();
    private final TaskSession session = testbed.openSession();

    IgniteCompute compute() {
        return compute;
    }

    TaskSession session() {
        return session;
    }

    /** Closes the node, and everything that still runs on it. */
    @TearDown(Level.Trial)
    public void close() {
        session.close();
        testbeds.close();
    }
}
