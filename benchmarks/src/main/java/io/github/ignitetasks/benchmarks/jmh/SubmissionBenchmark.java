package io.github.ignitetasks.benchmarks.jmh;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a submission block the submitting thread, apart from the task's execution?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar SubmissionBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 200)
@Measurement(iterations = 100)
public class SubmissionBenchmark {
    private static final int TASKS = 1_000;

    @Param
    private Form form = Form.LAMBDA;

    private final FreshKeys keys = new FreshKeys();
    private final List<TaskFuture<Integer>> submitted = new ArrayList<>();

    /** Submits tasks. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void submit(Node node) {
        int first = keys.take(TASKS);
        for (int n = first; n < first + TASKS; n++) {
            submitted.add(node.session().submit(keys.key(n), form.task(n)));
        }
    }

    /** Waits for the tasks, so that no task runs when the next submission starts. */
    @TearDown(Level.Iteration)
    public void awaitAll() {
        TaskFutures.waitAll(submitted, CallOptions.FOREVER);
        submitted.clear();
    }
}
