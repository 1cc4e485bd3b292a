package io.github.ignitetasks.benchmarks.jmh;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.lang.IgniteFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How many tasks a second does a node run, from submission to result, and does the form of their code matter?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar ThroughputBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ThroughputBenchmark {
    private static final int TASKS = 10_000;

    @Param
    private Form form = Form.LAMBDA;

    private final FreshKeys keys = new FreshKeys();

    /** Submits tasks, and waits for all results. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void tasks(Node node, Blackhole results) {
        int first = keys.take(TASKS);
        List<TaskFuture<Integer>> futures = new ArrayList<>(TASKS);
        for (int n = first; n < first + TASKS; n++) {
            futures.add(node.session().submit(keys.key(n), form.task(n)));
        }
        futures.forEach(future -> results.consume(future.result()));
    }

    /** Submits calls to Ignite, and waits for all results. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void callAsync(Node node, Blackhole results) {
        List<IgniteFuture<Integer>> futures = new ArrayList<>(TASKS);
        for (int n = 0; n < TASKS; n++) {
            futures.add(node.compute().callAsync(form.callable(n)));
        }
        futures.forEach(future -> results.consume(future.get()));
    }
}
