package io.github.ignitetasks.benchmarks.taskbench;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import java.util.ArrayList;
import java.util.List;

/** Runs graphs with this library: futures of a step are captured by the calls of the next one. */
public final class LibraryRunner implements GraphRunner {
    private final TaskSession session;
    private final FreshKeys keys = new FreshKeys();
    private List<TaskFuture<Long>> last = List.of();

    /** Takes the session to run graphs on. */
    public LibraryRunner(TaskSession session) {
        this.session = session;
    }

    @Override
    public void run(Graph graph) {
        List<TaskFuture<Long>> all = new ArrayList<>(graph.tasks());
        List<TaskFuture<Long>> before = List.of();
        for (int step = 0; step < graph.steps(); step++) {
            List<TaskFuture<Long>> now = new ArrayList<>(graph.width());
            for (int point = 0; point < graph.width(); point++) {
                int[] upstreams = graph.upstreams(step, point);
                now.add(session.submit(
                        keys.key(keys.take(1)), call(step, point, graph.iterations(), upstreams, before)));
            }
            all.addAll(now);
            before = now;
        }
        all.forEach(TaskFuture::result);
        last = all;
    }

    @Override
    public void forget() {
        TaskFuture.all(last).release();
        last = List.of();
    }

    private static TaskCall<Long> call(
            int step, int point, int iterations, int[] upstreams, List<TaskFuture<Long>> before) {
        List<TaskFuture<Long>> futures = new ArrayList<>(upstreams.length);
        for (int upstream : upstreams) {
            futures.add(before.get(upstream));
        }
        return () -> {
            long[] inputs = new long[upstreams.length];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = futures.get(i).result();
            }
            return Graph.run(step, point, iterations, upstreams, inputs);
        };
    }
}
