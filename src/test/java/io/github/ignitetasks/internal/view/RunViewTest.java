package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.ActiveCall.Phase;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.SessionSnapshot.PendingCounts;
import io.github.ignitetasks.support.JsonValue;
import io.github.ignitetasks.support.ObservedRun;
import io.github.ignitetasks.support.ObservedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what a frame says of a run. */
final class RunViewTest {
    private final ObservedRun run = new ObservedRun();
    private final RunView view = new RunView(run);

    RunViewTest() {
        run.add(view);
    }

    @AfterEach
    void endThread() {
        view.closed();
    }

    private JsonValue frame() {
        return JsonValue.parse(new String(view.frame(), UTF_8));
    }

    private static Failure failure(String type, String message, String frame) {
        return Failure.ofText(
                type, message, type + ": " + message + "\n\tat " + frame + "\n\tat app.Main.main(Main.java:1)\n");
    }

    private static ActiveCall call(String key, Duration elapsed, Phase phase, Optional<TaskProgress> progress) {
        return new ActiveCall(
                key, Optional.of("fetch"), Optional.empty(), 2, phase, Optional.of("limit 'db'"), elapsed, progress);
    }

    @Test
    void frameOfAnEmptyRunHasAllParts() {
        JsonValue frame = frame();

        assertThat(frame.names())
                .containsExactly(
                        "session",
                        "totals",
                        "names",
                        "failures",
                        "stream",
                        "rates",
                        "dropped",
                        "running",
                        "nodes",
                        "graph");
        assertThat(frame.text("session.name")).isEqualTo("fake-1");
        assertThat(frame.at("session.ended").isNull()).isTrue();
        assertThat(frame.number("totals.submitted")).isZero();
        assertThat(frame.at("stream.bars").elements()).isEmpty();
        assertThat(frame.number("stream.to")).isGreaterThanOrEqualTo(frame.number("stream.from"));
        assertThat(frame.at("rates.ended").elements()).hasSize(1);
        assertThat(frame.at("rates.wait.counts").elements())
                .hasSize(frame.at("rates.wait.bounds").elements().size() + 1);
        assertThat(frame.at("graph.tasks.nodes").elements()).isEmpty();
    }

    @Test
    void countsOfANameSayWhatItsTasksDo() {
        run.submit(IntStream.range(0, 10)
                .mapToObj(i -> ObservedTask.of("f" + i, "fetch"))
                .toArray(ObservedTask[]::new));
        run.end(StateType.COMPLETED, ObservedTask.of("f0", "fetch"));
        run.end(StateType.FAILED, ObservedTask.of("f1", "fetch"));
        run.run(StateType.NOT_READY, ObservedTask.of("s", "sum"));
        run.setSnapshot(Map.of("fetch", new PendingCounts(1, 9, 3, 2)), ObservedRun.report("n1"));

        JsonValue frame = frame();

        JsonValue fetch = frame.at("names.rows").at(0);
        assertThat(fetch.text("name")).isEqualTo("fetch");
        assertThat(List.of(fetch.number("submitted"), fetch.number("completed"), fetch.number("failed")))
                .containsExactly(10L, 1L, 1L);
        assertThat(List.of(
                        fetch.number("waiting"),
                        fetch.number("queued"),
                        fetch.number("running"),
                        fetch.number("retrying")))
                .as("the phases of the 8 that have not ended")
                .containsExactly(1L, 2L, 3L, 2L);
        assertThat(frame.number("totals.submitted")).isEqualTo(11);
        assertThat(frame.number("totals.notReady")).isEqualTo(1);
        assertThat(frame.number("session.slots")).isEqualTo(4);
    }

    @Test
    void failuresAreGroupedByNameTypeAndTopFrame() {
        run.run(
                StateType.FAILED,
                ObservedTask.of("a", "fetch")
                        .failedWith(failure("java.io.IOException", "one", "app.Net.get(Net.java:7)")),
                ObservedTask.of("b", "fetch")
                        .failedWith(failure("java.io.IOException", "two", "app.Net.get(Net.java:7)")),
                ObservedTask.of("c", "fetch")
                        .failedWith(failure("java.io.IOException", "one", "app.Net.put(Net.java:9)")),
                ObservedTask.of("d", "sum")
                        .failedWith(failure("java.io.IOException", "one", "app.Net.get(Net.java:7)")));

        JsonValue failures = frame().at("failures");

        assertThat(failures.number("of")).isEqualTo(3);
        JsonValue first = failures.at("rows").at(0);
        assertThat(first.number("count")).isEqualTo(2);
        assertThat(List.of(
                        first.text("name"),
                        first.text("state"),
                        first.text("type"),
                        first.text("frame"),
                        first.text("message"),
                        first.text("node"),
                        first.text("key")))
                .containsExactly("fetch", "Failed", "java.io.IOException", "app.Net.get(Net.java:7)", "two", "n1", "b");
        assertThat(first.text("stack")).startsWith("java.io.IOException: two\n\tat app.Net.get");
    }

    @Test
    void failuresOfTooManyKindsAreCountedTogether() {
        for (int i = 0; i < 250; i++) {
            run.run(StateType.CRASHED, ObservedTask.of("k" + i, "t").failedWith(failure("E" + i, "m", "f")));
        }
        view.closed();

        JsonValue failures =
                JsonValue.parse(new String(view.reportFrame(), UTF_8)).at("failures");

        assertThat(failures.number("of")).isEqualTo(FailureGroups.MAX_GROUPS + 1);
        assertThat(failures.at("rows").at(0).text("name")).isEqualTo("(others)");
        assertThat(failures.at("rows").elements().stream().mapToLong(row -> row.number("count")))
                .startsWith(250L - FailureGroups.MAX_GROUPS)
                .hasSize(101);
    }

    @Test
    void textsButKeysAreCutAndCanEndNoScript() {
        String markup = "</script><!-- & \u2028 \" \\ \n \uD800";
        run.run(
                StateType.FAILED,
                ObservedTask.of(markup + "k".repeat(1_000), "n".repeat(1_000))
                        .failedWith(Failure.ofText("T", markup + "m".repeat(5_000), "s".repeat(50_000))));

        String text = new String(view.frame(), UTF_8);

        assertThat(text).doesNotContain("<", ">", "&", "\u2028");
        JsonValue row = JsonValue.parse(text).at("failures.rows").at(0);
        assertThat(row.text("message"))
                .startsWith("</script><!-- & \u2028 \" \\ \n \uFFFD")
                .hasSize(2_000);
        assertThat(row.text("stack")).hasSize(8_000);
        assertThat(row.text("key")).as("whole, as the page asks for it").endsWith("k".repeat(1_000));
        assertThat(row.text("name")).hasSize(200);
    }

    @Test
    void nodeThatStopsReportingStaysAsLost() {
        run.setSnapshot(Map.of(), ObservedRun.report("n1"), ObservedRun.report("n2"));
        frame();
        run.setSnapshot(Map.of(), ObservedRun.report("n2"));

        JsonValue nodes = frame().at("nodes");

        assertThat(nodes.at("rows").elements())
                .extracting(row -> row.text("name") + " " + row.at("lost").isTrue())
                .containsExactly("n2 false", "n1 true");
        assertThat(nodes.at("rows").at(0).at("cpu").asDouble()).isEqualTo(0.25);
    }

    @Test
    void nodeThatLeftBeforeAnyFrame_isLostSinceItsLastTaskEnded() {
        Instant now = Instant.now();
        run.run(
                StateType.COMPLETED,
                ObservedTask.of("a", "fetch"),
                ObservedTask.of("b", "fetch").ran("gone", now.minusMillis(5), now));
        run.setSnapshot(Map.of(), ObservedRun.report("n1"));
        view.closed();

        assertThat(JsonValue.parse(new String(view.reportFrame(), UTF_8))
                        .at("nodes.rows")
                        .elements())
                .extracting(row -> row.text("name") + " " + row.at("lost").isTrue())
                .containsExactly("n1 false", "gone true");
    }

    private static NodeReport[] nodes(String name) {
        return IntStream.range(0, 150)
                .mapToObj(i -> ObservedRun.report(name + i))
                .toArray(NodeReport[]::new);
    }

    @Test
    void lostNodesMakeRoomForNewOnes() {
        run.setSnapshot(Map.of(), nodes("old"));
        frame();
        run.setSnapshot(Map.of(), nodes("new"));

        JsonValue nodes = frame().at("nodes");

        assertThat(nodes.number("shown")).isEqualTo(SeenNodes.MAX_NODES);
        assertThat(nodes.at("rows").elements().stream()
                        .filter(row -> row.text("name").startsWith("new")))
                .hasSize(150);
    }

    @Test
    void runningTasksAreShownLongestFirst() {
        TaskProgress progress = new TaskProgress(3, 10, "pages", Instant.now());
        run.setSnapshot(
                Map.of(),
                ObservedRun.report("n1", call("a", Duration.ofMillis(5), Phase.RUNNING, Optional.of(progress))),
                ObservedRun.report("n2", call("b", Duration.ofSeconds(5), Phase.HELD_UP, Optional.empty())));

        JsonValue rows = frame().at("running.rows");

        assertThat(rows.at(0).text("key")).isEqualTo("b");
        assertThat(rows.at(0).text("phase")).isEqualTo("held up");
        assertThat(rows.at(0).text("waitsFor")).isEqualTo("limit 'db'");
        assertThat(rows.at(0).at("progress").isNull()).isTrue();
        assertThat(rows.at(1).text("node")).isEqualTo("n1");
        assertThat(rows.at(1).number("progress.done")).isEqualTo(3);
        assertThat(rows.at(1).text("progress.text")).isEqualTo("pages");
    }

    @Test
    void graphHasTheUpstreamsByNameAndBySingleTask() {
        ObservedTask value = ObservedTask.of("value", "").given();
        ObservedTask first = ObservedTask.of("a", "fetch");
        ObservedTask second = ObservedTask.of("b", "fetch");
        ObservedTask sum = ObservedTask.of("sum", "total");
        run.submit(value, first, second, sum);
        run.events().depends(sum, List.of(first, second, value));
        run.end(StateType.COMPLETED, first);
        run.setSnapshot(
                Map.of(), ObservedRun.report("n1", call("b", Duration.ofMillis(5), Phase.RUNNING, Optional.empty())));

        JsonValue graph = frame().at("graph");

        assertThat(graph.at("byName.nodes").elements())
                .extracting(node -> node.text("name"))
                .containsExactly("fetch", "total");
        assertThat(graph.at("byName.edges").elements())
                .singleElement()
                .satisfies(edge -> assertThat(edge.elements())
                        .extracting(JsonValue::asDouble)
                        .containsExactly(0.0, 1.0, 2.0));
        assertThat(graph.at("tasks.nodes").elements())
                .extracting(node -> node.text("key") + " " + node.text("state"))
                .containsExactly("a COMPLETED", "b running", "sum waiting");
        assertThat(graph.at("tasks.edges").elements()).hasSize(2);
    }

    @Test
    void singleTasksOfALargeRunAreNotShown() {
        for (int i = 0; i < SingleTasks.MAX_TASKS; i++) {
            run.submit(ObservedTask.of("k" + i, "t"));
        }
        assertThat(frame().at("graph.tasks.nodes").elements()).hasSize(SingleTasks.MAX_TASKS);

        run.submit(ObservedTask.of("one more", "t"));

        assertThat(frame().at("graph.tasks").isNull()).isTrue();
    }

    @Test
    void endThatOvertakesTheSubmissionStays() {
        ObservedTask task = ObservedTask.of("a", "t");
        run.end(StateType.CANCELLED, task);
        run.submit(task);

        assertThat(frame().at("graph.tasks.nodes").at(0).text("state")).isEqualTo("CANCELLED");
    }

    @Test
    void closedViewShowsTheRunAsItWas() {
        run.setSnapshot(Map.of(), ObservedRun.report("n1"));
        run.run(StateType.COMPLETED, ObservedTask.of("a", "t"));
        view.closed();
        run.setSnapshot(Map.of());

        JsonValue frame = frame();

        assertThat(frame.at("session.ended").asDouble()).isPositive();
        assertThat(frame.at("nodes.rows").at(0).at("lost").isTrue()).isFalse();
        assertThat(new String(view.lastFrame(), UTF_8)).isEqualTo(new String(view.frame(), UTF_8));
    }

    @Test
    void closedViewHasNoThread() {
        RunView closing = new RunView(new ObservedRun("closing-1"));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .contains("closing-1-view");

        closing.closed();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("closing-1-view");
    }
}
