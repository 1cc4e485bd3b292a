package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.Task;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionObserver;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Tests the view of a flow that runs on threads. */
final class FlowViewTest {
    private record Viewing(List<RunView> views) implements SessionObserver {
        @Override
        public TaskEvents observe(ObservedSession session) {
            RunView view = new RunView(session);
            views.add(view);
            return view;
        }
    }

    private static JsonValue frameOfTheFlow() {
        Task<Integer, Integer> fetch = Task.named("fetch").body(number -> 60 / number);
        Task<Integer, Integer> flaky = Task.named("flaky")
                .retries(2, Duration.ofMillis(1))
                .body(number -> number / (TaskContext.current().orElseThrow().attempt() - 1));
        Task<List<TaskFuture<Integer>>, Integer> sum = Task.named("sum")
                .body(all -> all.stream().mapToInt(TaskFuture::result).sum());
        Viewing viewing = new Viewing(new CopyOnWriteArrayList<>());
        Object unused = Flow.named("view")
                .<Integer, Integer>body((run, zero) -> {
                    TaskFuture<Integer> one = run.submit(fetch, 20);
                    TaskFuture<Integer> two = run.submit(flaky, 4);
                    int total = run.submit(sum, List.of(one, two)).result();
                    run.submit(sum, List.of(run.submit(fetch, zero))).await();
                    return total;
                })
                .withTaskRunner(ThreadPoolTaskRunner.withSlots(2))
                .withListener(viewing)
                .runReport(0);
        return JsonValue.parse(new String(viewing.views.get(0).lastFrame(), UTF_8));
    }

    @Test
    void frameTellsHowTheTasksOfAFlowEnded() {
        JsonValue frame = frameOfTheFlow();

        assertThat(frame.at("names.rows").elements())
                .extracting(row -> row.text("name") + ": " + row.number("completed") + " completed, "
                        + row.number("failed") + " failed, " + row.number("notReady") + " not ready, "
                        + row.number("retries") + " retries, " + row.number("running") + " running")
                .containsExactlyInAnyOrder(
                        "fetch: 1 completed, 1 failed, 0 not ready, 0 retries, 0 running",
                        "flaky: 1 completed, 0 failed, 0 not ready, 1 retries, 0 running",
                        "sum: 1 completed, 0 failed, 1 not ready, 0 retries, 0 running");
        JsonValue failure = frame.at("failures.rows").at(0);
        assertThat(failure.text("type")).isEqualTo("java.lang.ArithmeticException");
        assertThat(failure.text("frame")).contains("FlowViewTest");
        assertThat(frame.number("stream.drawn")).isEqualTo(4);
        assertThat(frame.text("session.description")).isEqualTo("this JVM, 2 slots");
        assertThat(frame.number("session.slots")).isEqualTo(2);
    }

    @Test
    void frameHasTheGraphOfAFlow() {
        JsonValue graph = frameOfTheFlow().at("graph");

        List<String> names = graph.at("byName.nodes").elements().stream()
                .map(node -> node.text("name"))
                .toList();
        assertThat(graph.at("byName.edges").elements())
                .extracting(edge -> names.get((int) edge.at(0).asDouble()) + " to "
                        + names.get((int) edge.at(1).asDouble()) + " "
                        + (int) edge.at(2).asDouble())
                .containsExactlyInAnyOrder("fetch to sum 2", "flaky to sum 1");
        assertThat(graph.at("tasks.nodes").elements())
                .extracting(node -> node.text("name") + " " + node.text("state"))
                .containsExactlyInAnyOrder(
                        "fetch COMPLETED", "flaky COMPLETED", "sum COMPLETED", "fetch FAILED", "sum NOT_READY");
        assertThat(graph.at("tasks.edges").elements()).hasSize(3);
    }
}
