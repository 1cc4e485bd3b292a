package io.github.ignitetasks.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.console.GridStatus.Server;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.TaskCounts.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the text and the JSON of a grid's status. */
final class StatusTextTest {
    private static final Instant TIME = Instant.parse("2026-11-30T12:00:05.5Z");

    private static NodeReport report(String node, List<ActiveCall> calls, List<NodeReport.RecentFailure> failures) {
        return new NodeReport(
                4,
                4 - calls.size(),
                calls.size() + 10,
                node,
                new UUID(0, 1),
                TIME,
                120L << 20,
                512L << 20,
                0.35,
                1_200,
                64L << 20,
                Map.of("fetch", new Counts(611, 1, Map.of(StateType.COMPLETED, 600L, StateType.FAILED, 1L), 0, 2)),
                calls.size(),
                calls,
                failures);
    }

    private static ActiveCall call(String key, Duration elapsed) {
        return call(key, elapsed, ActiveCall.Phase.RUNNING, Optional.empty());
    }

    private static ActiveCall call(String key, Duration elapsed, ActiveCall.Phase phase, Optional<String> waitsFor) {
        return new ActiveCall(
                key,
                Optional.of("fetch"),
                Optional.of("nightly-7"),
                1,
                phase,
                waitsFor,
                elapsed,
                Optional.of(new TaskProgress(3, 10, "page 3", TIME)));
    }

    private static NodeReport.RecentFailure failure(String key, Instant time) {
        Failure failure =
                Failure.ofText("java.io.IOException", "no route to host", "java.io.IOException\n\tat app.Main");
        return new NodeReport.RecentFailure(key, "fetch", time, StateType.FAILED, 3, failure);
    }

    private static Server ok(NodeReport report) {
        return new Server(report.node(), GridStatus.OK, Optional.of(report));
    }

    private static GridStatus status() {
        NodeReport first = report(
                "10.0.0.1:47500",
                List.of(call("fetch-17", Duration.ofSeconds(75)), call("fetch-18", Duration.ofMillis(400))),
                List.of(failure("fetch-9", TIME)));
        NodeReport second = report(
                "10.0.0.2:47500",
                List.of(call("fetch-21", Duration.ofSeconds(3), ActiveCall.Phase.HELD_UP, Optional.of("limit 'db'"))),
                List.of(failure("fetch-12", TIME.plusSeconds(60))));
        return new GridStatus(
                List.of(ok(second), new Server("10.0.0.3:47500", GridStatus.NO_ANSWER, Optional.empty()), ok(first)));
    }

    @Test
    void textIsTheSampleOfTheDocuments() throws IOException {
        String text = new StatusText(status()).toString();

        assertThat(Files.readString(Path.of("docs", "operations.md")))
                .as("docs/operations.md has this text:%n%s", text)
                .contains(text);
    }

    @Test
    void jsonHasAllNumbersAndTexts() {
        assertThat(StatusJson.of(status()).toString())
                .startsWith("{\"servers\":[{\"name\":\"10.0.0.1:47500\",\"state\":\"ok\",\"slots\":4,\"running\":2,"
                        + "\"inFlight\":12,\"heapUsedBytes\":125829120,\"heapMaxBytes\":536870912,\"cpu\":0.35,"
                        + "\"records\":1200,\"memoryUsedBytes\":67108864,\"time\":\"2026-11-30T12:00:05.500Z\"},")
                .contains("{\"name\":\"10.0.0.3:47500\",\"state\":\"no answer\",\"slots\":null,\"running\":null,"
                        + "\"inFlight\":null,\"heapUsedBytes\":null,\"heapMaxBytes\":null,\"cpu\":null,"
                        + "\"records\":null,\"memoryUsedBytes\":null,\"time\":null}],")
                .contains(
                        "\"tasks\":[{\"name\":\"fetch\",\"queued\":18,\"running\":2,\"completed\":1200,\"failed\":2,\"crashed\":0,\"cancelled\":0,"
                                + "\"notReady\":0,\"retries\":4}],\"activeCalls\":3,")
                .contains("\"calls\":[{\"key\":\"fetch-17\",\"name\":\"fetch\",\"flowRun\":\"nightly-7\","
                        + "\"phase\":\"running\",\"waitsFor\":null,\"attempt\":1,\"elapsedMillis\":75000,\"progress\":{\"done\":3,"
                        + "\"total\":10,\"text\":\"page 3\",\"time\":\"2026-11-30T12:00:05.500Z\"},"
                        + "\"server\":\"10.0.0.1:47500\"},{\"key\":\"fetch-21\"")
                .contains("\"failures\":[{\"key\":\"fetch-12\",\"name\":\"fetch\",\"server\":\"10.0.0.2:47500\","
                        + "\"state\":\"Failed\",\"attempt\":3,\"time\":\"2026-11-30T12:01:05.500Z\","
                        + "\"type\":\"java.io.IOException\",\"message\":\"no route to host\"},{\"key\":\"fetch-9\"");
    }

    @Test
    void callsAndFailuresBeyondTenAreCountedAndNotShown() {
        List<ActiveCall> calls = IntStream.range(0, 11)
                .mapToObj(number -> call("call-" + number, Duration.ofSeconds(100 - number)))
                .toList();

        String text = new StatusText(new GridStatus(List.of(ok(report("node", calls, List.of()))))).toString();

        assertThat(text)
                .contains("longest running calls, 10 of 11 shown:")
                .contains("call-9")
                .doesNotContain("call-10");
    }

    @Test
    void textsOfTasksBreakNoLine() {
        Failure failure = Failure.ofText("app.Odd", "first\nforged\u001B[31m", "");
        NodeReport.RecentFailure recent =
                new NodeReport.RecentFailure("k\ney", "na\rme", TIME, StateType.CRASHED, 1, failure);

        String text =
                new StatusText(new GridStatus(List.of(ok(report("no\nde", List.of(), List.of(recent)))))).toString();

        assertThat(text).contains("app.Odd: first\\u000Aforged\\u001B[31m", "k\\u000Aey", "na\\u000Dme", "no\\u000Ade");
        assertThat(text.lines()).noneMatch(line -> line.startsWith("forged") || line.startsWith("de"));
    }

    @Test
    void exitCodeTellsWhetherServersAreMissing() {
        Server ok = ok(report("a", List.of(), List.of()));
        Server silent = new Server("b", GridStatus.NO_ANSWER, Optional.empty());
        Server other = new Server("c", GridStatus.NO_LIBRARY, Optional.empty());

        assertThat(new GridStatus(List.of(ok, other)).exitCode()).isZero();
        assertThat(new GridStatus(List.of(ok, silent)).exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(new GridStatus(List.of(silent, other)).exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(new GridStatus(List.of(other)).exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
    }
}
