package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.ActiveCall.Phase;
import io.github.ignitetasks.internal.events.GridSnapshot;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.NodeReport.RecentFailure;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.internal.events.TaskCounts.Counts;
import io.github.ignitetasks.support.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests what a frame says of a grid. */
final class GridViewTest {
    private UUID id = new UUID(0, 1);
    private Optional<GridSnapshot> snapshot = Optional.of(new GridSnapshot(List.of(), List.of()));
    private final GridView view = new GridView("grid", () -> snapshot);

    private JsonValue frameOf(NodeReport... reports) {
        snapshot = Optional.of(new GridSnapshot(List.of(reports), List.of()));
        return frame();
    }

    private JsonValue frame() {
        return JsonValue.parse(new String(view.frame(), UTF_8));
    }

    private static Counts counts(long pending, long started, long completed, long failed) {
        return new Counts(
                pending + completed + failed,
                started,
                Map.of(StateType.COMPLETED, completed, StateType.FAILED, failed),
                0,
                1);
    }

    private NodeReport report(String node, Map<String, Counts> byName) {
        return report(node, byName, List.of(), List.of());
    }

    private NodeReport report(
            String node, Map<String, Counts> byName, List<ActiveCall> calls, List<RecentFailure> failures) {
        return new NodeReport(
                4, 3, 2, node, id, Instant.now(), 10, 20, 0.25, 7, 8, byName, calls.size(), calls, failures);
    }

    private static ActiveCall call(String key, Phase phase) {
        return new ActiveCall(
                key,
                Optional.of("fetch"),
                Optional.empty(),
                1,
                phase,
                Optional.empty(),
                Duration.ofSeconds(1),
                Optional.empty());
    }

    private static RecentFailure failure(String key, int second) {
        return new RecentFailure(
                key,
                "fetch",
                Instant.ofEpochSecond(second),
                StateType.FAILED,
                1,
                Failure.ofText("app.Odd", "odd " + key, "app.Odd: odd\n\tat app.Main.main(Main.java:1)\n"));
    }

    private static long sum(JsonValue frame, String series) {
        return (long) frame.at(series).elements().stream()
                .mapToDouble(JsonValue::asDouble)
                .sum();
    }

    @Test
    void nodesReport_countsAreTheirSums() {
        JsonValue frame = frameOf(
                report(
                        "n1",
                        Map.of("fetch", counts(5, 2, 10, 2)), // a call that is held up has not started
                        List.of(call("a", Phase.RUNNING), call("b", Phase.RETRYING), call("c", Phase.HELD_UP)),
                        List.of()),
                report("n2", Map.of("fetch", counts(1, 0, 3, 0), "sum", counts(0, 0, 1, 0))));

        JsonValue fetch = frame.at("names.rows").at(0);
        assertThat(fetch.text("name")).isEqualTo("fetch");
        assertThat(fetch.number("submitted")).isEqualTo(21);
        assertThat(fetch.number("running")).isEqualTo(1);
        assertThat(fetch.number("retrying")).isEqualTo(1);
        assertThat(fetch.number("queued")).isEqualTo(4);
        assertThat(fetch.number("completed")).isEqualTo(13);
        assertThat(fetch.number("failed")).isEqualTo(2);
        assertThat(fetch.number("retries")).isEqualTo(2);
        assertThat(frame.number("totals.completed")).isEqualTo(14);
        assertThat(frame.number("running.of")).isEqualTo(3);
        assertThat(frame.number("session.slots")).isEqualTo(8);
        assertThat(frame.text("session.description")).isEqualTo("2 servers answer");
        assertThat(frame.text("kind")).isEqualTo("grid");
        assertThat(frame.at("stream").isNull()).isTrue();
        assertThat(frame.at("graph").isNull()).isTrue();
    }

    @Test
    void nodeLeaves_itsEndedCallsStayAndItIsLost() {
        frameOf(report("n1", Map.of("fetch", counts(5, 0, 10, 2))), report("n2", Map.of()));

        JsonValue frame = frameOf(report("n2", Map.of()));

        assertThat(frame.number("totals.submitted")).isEqualTo(12);
        assertThat(frame.number("totals.completed")).isEqualTo(10);
        assertThat(frame.number("totals.queued")).isZero();
        assertThat(frame.at("nodes.rows").at(1).text("name")).isEqualTo("n1");
        assertThat(frame.at("nodes.rows").at(1).at("lost").isTrue()).isTrue();
    }

    @Test
    void nodeIsSilent_itsCallsStayAndItIsNamed() {
        frameOf(report("n1", Map.of("fetch", counts(5, 0, 10, 2))));

        snapshot = Optional.of(new GridSnapshot(List.of(), List.of("n1", "n2")));
        JsonValue frame = frame();

        assertThat(frame.number("totals.queued")).isEqualTo(5);
        assertThat(frame.text("session.description")).isEqualTo("0 servers answer; no answer from n1, n2");
    }

    @Test
    void nodeBeginsAnew_totalsDoNotFall() {
        frameOf(report("n1", Map.of("fetch", counts(0, 0, 10, 2))));
        id = new UUID(0, 2);

        JsonValue frame = frameOf(report("n1", Map.of("fetch", counts(1, 0, 14, 2))));

        assertThat(frame.number("totals.completed")).isEqualTo(24);
        assertThat(frame.number("totals.submitted")).isEqualTo(29);
        assertThat(sum(frame, "rates.ended")).isEqualTo(16);
    }

    @Test
    void callsEndBetweenFrames_ratesHaveThemAndNotThoseFromBefore() {
        frameOf(report("n1", Map.of("fetch", counts(0, 0, 100, 50))));

        JsonValue frame = frameOf(report("n1", Map.of("fetch", counts(0, 0, 103, 51))));

        assertThat(sum(frame, "rates.ended")).isEqualTo(4);
        assertThat(sum(frame, "rates.failed")).isEqualTo(1);
    }

    @Test
    void failuresAreToldAgain_eachCountsOnce() {
        Map<String, Counts> counts = Map.of("fetch", counts(0, 0, 0, 5));
        frameOf(report("n1", counts, List.of(), List.of(failure("b", 2), failure("a", 1))));

        JsonValue frame = frameOf(report("n1", counts, List.of(), List.of(failure("c", 3), failure("b", 2))));

        JsonValue group = frame.at("failures.rows").at(0);
        assertThat(frame.at("failures.rows").elements()).hasSize(1);
        assertThat(group.number("count")).isEqualTo(3);
        assertThat(group.text("key")).isEqualTo("c");
        assertThat(group.text("node")).isEqualTo("n1");
        assertThat(frame.number("dropped")).isEqualTo(2);
    }

    @Test
    void moreNamesThanOneNodeTellsApart_countUnderOne() {
        Map<String, Counts> first = new HashMap<>();
        IntStream.range(0, TaskCounts.MAX_NAMES).forEach(i -> first.put("a" + i, counts(0, 0, 1, 0)));

        JsonValue frame = frameOf(report("n1", first), report("n2", Map.of("b", counts(0, 0, 1, 0))));

        assertThat(frame.at("names.rows").elements()).hasSize(TaskCounts.MAX_NAMES + 1);
        assertThat(frame.number("totals.completed")).isEqualTo(TaskCounts.MAX_NAMES + 1);
        assertThat(frame.at("names.rows").elements())
                .anyMatch(row -> row.text("name").equals(TaskCounts.OTHERS));
    }

    @Test
    void gridCannotBeAsked_frameIsAsBefore() {
        frameOf(report("n1", Map.of("fetch", counts(5, 0, 10, 2))));

        snapshot = Optional.empty();
        JsonValue frame = frame();

        assertThat(frame.number("totals.queued")).isEqualTo(5);
        assertThat(frame.at("nodes.rows").at(0).at("lost").isTrue()).isFalse();
    }
}
