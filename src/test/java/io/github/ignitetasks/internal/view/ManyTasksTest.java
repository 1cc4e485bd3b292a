package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.support.JsonValue;
import io.github.ignitetasks.support.ObservedRun;
import io.github.ignitetasks.support.ObservedTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that a view of a million tasks has exact counts and a bounded size. */
final class ManyTasksTest {
    private static final int TASKS = 1_000_000;
    private static final int THREADS = 4;

    @Test
    void millionTasksAreCountedExactlyAndDrawnInABoundedFrame() throws Exception {
        ObservedRun run = new ObservedRun();
        RunView view = new RunView(run);
        run.add(view);

        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            Thread ending = new Thread(() -> runMany(run, number));
            ending.start();
            threads.add(ending);
        }
        for (Thread ending : threads) {
            ending.join();
        }
        view.closed();

        byte[] bytes = view.lastFrame();
        JsonValue frame = JsonValue.parse(new String(bytes, UTF_8));
        assertThat(bytes.length).isLessThan(250_000);
        assertThat(view.reportFrame().length).isLessThan(4_000_000);
        assertThat(frame.number("totals.completed")).isEqualTo(TASKS - TASKS / 1_000);
        assertThat(frame.number("totals.failed")).isEqualTo(TASKS / 1_000);
        assertThat(sum(frame.at("rates.ended"))).isEqualTo(TASKS);
        assertThat(sum(frame.at("rates.failed"))).isEqualTo(TASKS / 1_000);
        assertThat(sum(frame.at("rates.wait.counts"))).isEqualTo(TASKS);
        assertThat(sum(frame.at("rates.run.counts"))).isEqualTo(TASKS);
        assertThat(frame.at("failures.rows").elements().stream()
                        .mapToLong(row -> row.number("count"))
                        .sum())
                .isEqualTo(TASKS / 1_000);
        assertThat(frame.number("stream.tasks")).isBetween(frame.number("stream.drawn"), (long) TASKS);
        assertThat(events(view)).isBetween(1_000, TaskRing.MAX_TASKS);
    }

    private static void runMany(ObservedRun run, int thread) {
        for (int i = thread; i < TASKS; i += THREADS) {
            run.run(
                    i % 1_000 == 0 ? StateType.FAILED : StateType.COMPLETED,
                    ObservedTask.of("key-" + i, "task-" + i % 300));
        }
    }

    private static long sum(JsonValue numbers) {
        return numbers.elements().stream()
                .mapToLong(number -> (long) number.asDouble())
                .sum();
    }

    private static int events(RunView view) throws IOException {
        ByteArrayOutputStream trace = new ByteArrayOutputStream();
        view.writeTrace(trace);
        return (int) JsonValue.parse(trace.toString(UTF_8)).at("traceEvents").elements().stream()
                .filter(event -> event.text("ph").equals("X"))
                .count();
    }
}
