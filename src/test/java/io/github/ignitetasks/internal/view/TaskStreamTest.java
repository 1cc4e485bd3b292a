package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.internal.json.JsonWriter;
import io.github.ignitetasks.support.JsonValue;
import io.github.ignitetasks.support.ObservedRun;
import io.github.ignitetasks.support.ObservedTask;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the stream of tasks in a frame: rows and bars. */
final class TaskStreamTest {
    private static final long MINUTE = 60_000;

    private final TaskRing ring = new TaskRing();
    private final NodeRows rows = new NodeRows();
    private final TaskCounts counts = new TaskCounts();
    private final TaskNames names = new TaskNames(counts);
    private int ran;

    /** Adds a task that ran on a node from some milliseconds to others. */
    private void add(String node, double from, double to, StateType type) {
        add(node, from, to, type, "t");
    }

    private void add(String node, double from, double to, StateType type, String name) {
        ObservedTask task = ObservedTask.of("k", name);
        counts.submitted(task);
        ran++;
        TaskRun run =
                new TaskRun("k", names.numberOf(task), node, (long) (1_000 * from), (long) (1_000 * to), 1, type, ran);
        ring.add(run, rows.rowOf(node, run.start(), run.end()));
    }

    private void add(String node, double from, double to) {
        add(node, from, to, StateType.COMPLETED);
    }

    private JsonValue stream(long now, FrameLimits limits) {
        JsonWriter json = new JsonWriter().object();
        new StreamFrame(ring, rows, names, limits).write(json, 0, 1_000 * now, ran);
        return JsonValue.parse(new String(json.endObject().bytes(), UTF_8));
    }

    private static List<Double> bar(JsonValue bar) {
        return bar.elements().stream().map(JsonValue::asDouble).toList();
    }

    @Test
    void tasksThatOverlapLieInDifferentRowsAndTouchingOnesInOne() {
        add("n1", 0, 100);
        add("n1", 100, 200.125);
        add("n1", 50, 250);
        add("n2", 0, 300);

        JsonValue stream = stream(300, FrameLimits.LIVE);

        assertThat(stream.at("rows").elements())
                .extracting(row -> row.text("node") + " " + row.number("slot"))
                .containsExactly("n1 0", "n1 1", "n2 0");
        assertThat(stream.at("bars").elements())
                .extracting(TaskStreamTest::bar)
                .containsExactly(
                        List.of(0.0, 0.0, 100.0, 0.0, 1.0, 0.0),
                        List.of(0.0, 100.0, 200.125, 0.0, 1.0, 0.0),
                        List.of(1.0, 50.0, 250.0, 0.0, 1.0, 0.0),
                        List.of(2.0, 0.0, 300.0, 0.0, 1.0, 0.0));
        assertThat(stream.number("tasks")).isEqualTo(4);
        assertThat(stream.number("drawn")).isEqualTo(4);
    }

    @Test
    void tasksUnderAPixelAreOneBarWithTheirNumber() {
        add("n1", 0, 1_000);
        add("n1", 1_000, 1_000.5);
        add("n1", 1_000.5, 1_000.75);
        add("n1", 1_000.8, 1_001, StateType.FAILED);

        assertThat(stream(1_001, FrameLimits.LIVE).at("bars").elements())
                .extracting(bar -> bar(bar).subList(1, 6))
                .containsExactly(List.of(0.0, 1_000.0, 0.0, 1.0, 0.0), List.of(1_000.0, 1_001.0, 0.0, 3.0, 1.0));
    }

    @Test
    void barOfSeveralNamesTellsThat() {
        add("n1", 0, 1_000);
        add("n1", 1_000, 1_000.5, StateType.COMPLETED, "parse");
        add("n1", 1_000.5, 1_000.75, StateType.FAILED, "fetch");

        JsonValue stream = stream(1_001, FrameLimits.LIVE);

        assertThat(stream.at("bars").elements())
                .extracting(TaskStreamTest::bar)
                .containsExactly(
                        List.of(0.0, 0.0, 1_000.0, 0.0, 1.0, 0.0), List.of(0.0, 1_000.0, 1_000.75, 1.0, 2.0, 1.0, 1.0));
        assertThat(stream.at("names").elements()).hasSize(2);
    }

    @Test
    void barOfATaskThatStartedBeforeThePictureKeepsItsStart() {
        add("n1", 0, 1); // not in the last minute
        for (int i = 0; i < StreamFrame.MIN_TASKS; i++) {
            add("n1", 9.5 * MINUTE + i, 9.5 * MINUTE + i + 1);
        }
        add("n2", 1_000, 10 * MINUTE);

        JsonValue stream = stream(10 * MINUTE, FrameLimits.LIVE);

        assertThat(stream.number("from")).isEqualTo(9 * MINUTE);
        assertThat(stream.at("bars").elements())
                .extracting(TaskStreamTest::bar)
                .contains(List.of(1.0, 1_000.0, 10.0 * MINUTE, 0.0, 1.0, 0.0));
    }

    @Test
    void barsAndRowsAreBounded() {
        for (int task = 0; task < 300; task++) {
            for (int node = 0; node < 100; node++) {
                add("n" + node, task * 100, task * 100 + 90);
            }
        }

        JsonValue stream = stream(30_000, FrameLimits.LIVE);

        assertThat(stream.at("bars").elements()).hasSizeBetween(2_000, 4_000);
        assertThat(stream.number("rowsShown")).isEqualTo(64);
        assertThat(stream.number("rowsOf")).isEqualTo(100);
        assertThat(stream.number("tasks")).isEqualTo(30_000);
        assertThat(stream.number("drawn")).isEqualTo(64 * 300);
    }

    @Test
    void olderTasksAreLeftOutOnceTheLastMinuteHasEnough() {
        for (int i = 0; i < StreamFrame.MIN_TASKS; i++) {
            add("n1", i, i + 1);
        }
        assertThat(stream(10 * MINUTE, FrameLimits.LIVE).number("tasks")).isEqualTo(StreamFrame.MIN_TASKS);

        for (int i = 0; i < StreamFrame.MIN_TASKS; i++) {
            add("n1", 9.5 * MINUTE + i, 9.5 * MINUTE + i + 1);
        }

        JsonValue live = stream(10 * MINUTE, FrameLimits.LIVE);
        assertThat(live.number("tasks")).isEqualTo(StreamFrame.MIN_TASKS);
        assertThat(live.number("from")).isEqualTo(9 * MINUTE);
        JsonValue whole = stream(10 * MINUTE, FrameLimits.REPORT);
        assertThat(whole.number("tasks")).isEqualTo(2 * StreamFrame.MIN_TASKS);
        assertThat(whole.number("from")).isZero();
    }

    @Test
    void fullRingHasTheLatestTasksAndTheStreamBeginsWithThem() {
        for (int i = 0; i < TaskRing.MAX_TASKS + 5_000; i++) {
            add("n1", i / 10.0, i / 10.0 + 0.1);
        }

        JsonValue stream = stream(10_500, FrameLimits.LIVE);

        assertThat(stream.number("from")).isEqualTo(500);
        assertThat(stream.number("tasks")).isEqualTo(TaskRing.MAX_TASKS);
        assertThat(stream.number("drawn")).isEqualTo(TaskRing.MAX_TASKS);
    }

    @Test
    void foundTasksAndValuesHaveNoBars() {
        ObservedRun run = new ObservedRun();
        RunView view = new RunView(run);
        run.add(view);
        run.run(
                StateType.COMPLETED,
                ObservedTask.of("found", "t").found(),
                ObservedTask.of("value", "t").given());
        view.closed();

        assertThat(JsonValue.parse(new String(view.lastFrame(), UTF_8)).number("stream.tasks"))
                .isZero();
    }

    @Test
    void clockOfANodeThatIsWrongIsCorrected() {
        Instant day = Instant.now().plusSeconds(86_400);
        ObservedRun run = new ObservedRun();
        RunView view = new RunView(run);
        run.add(view);
        run.run(StateType.COMPLETED, ObservedTask.of("a", "t").ran("n1", day, day.plusMillis(5)));
        view.closed();

        JsonValue stream = JsonValue.parse(new String(view.lastFrame(), UTF_8)).at("stream");
        assertThat(stream.number("to")).isLessThan(day.minusSeconds(3_600).toEpochMilli());
        assertThat(stream.number("drawn")).isEqualTo(1);
    }
}
