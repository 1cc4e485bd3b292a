package io.github.ignitetasks.benchmarks.taskbench;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.apache.ignite.IgniteCompute;
import org.apache.ignite.lang.IgniteCallable;

/** Runs graphs with {@code CompletableFuture}s: a task starts once its upstreams have ended. */
public final class FutureRunner implements GraphRunner {
    /** The tasks that Ignite runs at a time. With many more, it starts to close connections. */
    private static final int IGNITES_WINDOW = 1_024;

    private final Starter starter;

    private interface Starter {
        CompletableFuture<Long> start(Point point);
    }

    private FutureRunner(Starter starter) {
        this.starter = starter;
    }

    /** Runs tasks on an executor of this JVM. */
    public static FutureRunner on(Executor executor) {
        return new FutureRunner(point -> CompletableFuture.supplyAsync(point::call, executor));
    }

    /** Runs tasks by {@code callAsync} of a named class, without keys and records. */
    public static FutureRunner on(IgniteCompute compute) {
        return new FutureRunner(point -> {
            CompletableFuture<Long> result = new CompletableFuture<>();
            compute.callAsync(point).listen(done -> {
                try {
                    result.complete(done.get());
                } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
            return result;
        });
    }

    @Override
    public void run(Graph graph) throws Exception {
        Semaphore room = new Semaphore(IGNITES_WINDOW);
        List<CompletableFuture<Long>> all = new ArrayList<>(graph.tasks());
        List<CompletableFuture<Long>> before = List.of();
        for (int step = 0; step < graph.steps(); step++) {
            List<CompletableFuture<Long>> now = new ArrayList<>(graph.width());
            for (int point = 0; point < graph.width(); point++) {
                room.acquire();
                int[] upstreams = graph.upstreams(step, point);
                CompletableFuture<Long> end = start(graph, step, point, upstreams, before);
                now.add(end);
                CompletableFuture<Long> unused = end.whenComplete((result, problem) -> room.release());
            }
            all.addAll(now);
            before = now;
        }
        for (CompletableFuture<Long> each : all) {
            each.get();
        }
    }

    private CompletableFuture<Long> start(
            Graph graph, int step, int point, int[] upstreams, List<CompletableFuture<Long>> before) {
        if (upstreams.length == 0) {
            return starter.start(new Point(step, point, graph.iterations(), upstreams, new long[0]));
        }
        CompletableFuture<?>[] needed = new CompletableFuture<?>[upstreams.length];
        for (int i = 0; i < needed.length; i++) {
            needed[i] = before.get(upstreams[i]);
        }
        return CompletableFuture.allOf(needed).thenCompose(done -> {
            long[] inputs = new long[upstreams.length];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = before.get(upstreams[i]).join();
            }
            return starter.start(new Point(step, point, graph.iterations(), upstreams, inputs));
        });
    }

    /** A task with its inputs. */
    private static final class Point implements IgniteCallable<Long> {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int step;
        private final int point;
        private final int iterations;
        private final int[] upstreams;
        private final long[] inputs;

        Point(int step, int point, int iterations, int[] upstreams, long[] inputs) {
            this.step = step;
            this.point = point;
            this.iterations = iterations;
            this.upstreams = upstreams;
            this.inputs = inputs;
        }

        @Override
        public Long call() {
            return Graph.run(step, point, iterations, upstreams, inputs);
        }
    }
}
