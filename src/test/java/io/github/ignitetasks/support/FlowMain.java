package io.github.ignitetasks.support;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.cluster.Tls;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.FlowReport;
import io.github.ignitetasks.flow.FlowWithoutArgument;
import io.github.ignitetasks.flow.Task;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A flow in a JVM of its own, on the grid at an address. It runs three quick tasks, a task that fails once, a slow task
 * that passes the gate, and a task after that one. Each task adds a line to the log of runs.
 */
public final class FlowMain {
    private FlowMain() {}

    /**
     * Arguments: the folder of gate and log, the address, the id of the flow run, and the number of times that the flow
     * fails. The environment sets TLS.
     */
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        IgniteTaskRunner runner = IgniteTaskRunner.builder()
                .address(args[1])
                .tls(Tls.ofEnvironment())
                .slots(4)
                .build();
        FlowReport<Integer> report = flow(folder, Integer.parseInt(args[3]))
                .withTaskRunner(runner)
                .withRunId(UUID.fromString(args[2]))
                .runReport();
        System.out.println("report " + report.describe());
    }

    private static FlowWithoutArgument<Integer> flow(Path folder, int failures) {
        RunLog log = RunLog.in(folder);
        Gate gate = Gate.in(folder);
        Gate failed = new Gate(folder.resolve("failed").toFile());
        int[] left = {failures};
        Task<Integer, Integer> quick = Task.named("quick").body(number -> {
            log.add("quick-" + number);
            return number;
        });
        Task<Void, Integer> once = Task.named("fails-once").body(() -> {
            log.add("fails-once");
            if (!failed.isOpen()) {
                failed.open();
                throw new IllegalStateException("once");
            }
            return 1;
        });
        Task<Void, Integer> slow = Task.named("slow").body(() -> {
            log.add("slow");
            gate.pass();
            return 10;
        });
        Task<Void, Integer> late = Task.named("late").body(() -> {
            log.add("late");
            return 100;
        });
        return Flow.named("resumed").retries(failures, Duration.ZERO).body(run -> {
            System.out.println("count " + run.runCount());
            List<TaskFuture<Integer>> quicks = IntStream.range(0, 3)
                    .mapToObj(number -> run.submit(quick, number))
                    .toList();
            TaskFuture<Integer> failing = run.submit(once);
            TaskFuture<Integer> pending = run.submit(slow);
            quicks.forEach(TaskFuture::result);
            System.out.println("quick ones ended");
            failing.await(Deadlines.PATIENCE);
            System.out.println("failed one ended");
            int sum = pending.result() + run.submit(late).result();
            if (left[0]-- > 0) {
                throw new IllegalStateException("the flow fails");
            }
            return sum;
        });
    }
}
