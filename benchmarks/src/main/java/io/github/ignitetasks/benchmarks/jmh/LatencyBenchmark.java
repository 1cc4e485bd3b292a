package io.github.ignitetasks.benchmarks.jmh;

import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How is the time from a task's submission to its result distributed, when nothing else runs?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar LatencyBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class LatencyBenchmark {
    private final FreshKeys keys = new FreshKeys();

    /** Runs a task. */
    @Benchmark
    public int task(Node node) {
        int n = keys.take(1);
        return node.session().submit(keys.key(n), Form.LAMBDA.task(n)).result();
    }

    /** Runs a call of Ignite. */
    @Benchmark
    public int call(Node node) {
        return node.compute().call(Form.LAMBDA.callable(0));
    }
}
