package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Side;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.measure.WarmUp;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.FlowRun;
import io.github.ignitetasks.flow.Task;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How much does {@code run.map} cost the flow, for each task that it submits? The peer is a loop of {@code run.submit} in
 * the same flow run. The figure is the processor time of the flow's thread, because tasks that run meanwhile get the
 * processors in turn.
 *
 * @param runner the runner of the flow
 */
record MapAgainstSubmit(String name, Target target, Function<Testbeds, TaskRunner> runner) implements Row {
    private static final List<Integer> ARGUMENTS =
            IntStream.range(0, 1_000).boxed().toList();
    private static final Task<Integer, Integer> NEXT = Task.named("next").body((Integer number) -> number + 1);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(12);
    private static final Duration MEASURE = Duration.ofSeconds(5);

    @Override
    public Answer measure(Testbeds testbeds) {
        Pairs pairs = Flow.named("submissions")
                .body(MapAgainstSubmit::pairs)
                .withTaskRunner(runner.apply(testbeds))
                .run();
        return Answer.of(pairs, Figures::time);
    }

    private static Pairs pairs(FlowRun run) throws Exception {
        Side map = () -> nanosEach(() -> run.map(NEXT, ARGUMENTS));
        Side submit = () -> nanosEach(() -> submitEach(run));
        WarmUp.run(LONGEST_WARM_UP, map, submit);
        return Pairs.measure(MEASURE, map, submit);
    }

    private static List<TaskFuture<Integer>> submitEach(FlowRun run) {
        List<TaskFuture<Integer>> futures = new ArrayList<>(ARGUMENTS.size());
        for (Integer argument : ARGUMENTS) {
            futures.add(run.submit(NEXT, argument));
        }
        return futures;
    }

    /** Returns the processor time of a submission for each task, in nanoseconds. */
    private static double nanosEach(Supplier<List<TaskFuture<Integer>>> submission) {
        long start = THREADS.getCurrentThreadCpuTime();
        List<TaskFuture<Integer>> futures = submission.get();
        double nanos = THREADS.getCurrentThreadCpuTime() - start;
        TaskFuture<List<Integer>> all = TaskFuture.all(futures);
        int last = all.result().get(ARGUMENTS.size() - 1);
        if (last != ARGUMENTS.size()) {
            throw new IllegalStateException("the last result should be " + ARGUMENTS.size() + ", but is " + last);
        }
        all.release(); // the records of all rounds would fill the nodes
        return nanos / ARGUMENTS.size();
    }
}
