package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.support.JsonValue;
import io.github.ignitetasks.support.ObservedRun;
import io.github.ignitetasks.support.ObservedTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the trace of a run. */
final class TraceWriterTest {
    private static JsonValue trace(ObservedTask... failed) throws IOException {
        ObservedRun run = new ObservedRun();
        RunView view = new RunView(run);
        run.add(view);
        run.run(StateType.FAILED, failed);
        view.closed();
        ByteArrayOutputStream trace = new ByteArrayOutputStream();
        view.writeTrace(trace);
        return JsonValue.parse(trace.toString(UTF_8));
    }

    @Test
    void taskIsACompleteEventOfItsNodeAndLane() throws IOException {
        Instant now = Instant.now();
        JsonValue trace = trace(ObservedTask.of("key </script>", "fetch").ran("n1", now.minusNanos(1_500_000), now));

        assertThat(trace.text("otherData.session")).isEqualTo("fake-1");
        List<JsonValue> events = trace.at("traceEvents").elements();
        assertThat(events)
                .extracting(event -> event.text("ph") + " " + event.text("name"))
                .containsExactly("M process_name", "M thread_name", "X fetch");
        assertThat(events.get(0).text("args.name")).isEqualTo("n1");
        JsonValue task = events.get(2);
        assertThat(task.number("pid")).isEqualTo(events.get(0).number("pid"));
        assertThat(task.number("tid")).isEqualTo(events.get(1).number("tid"));
        assertThat(task.number("dur")).isBetween(1_500L, 1_501L);
        assertThat(task.number("ts") / 1_000_000).isBetween(now.getEpochSecond() - 1, now.getEpochSecond());
        assertThat(task.text("args.key")).isEqualTo("key </script>");
        assertThat(task.text("args.state")).isEqualTo("Failed");
        assertThat(task.number("args.attempt")).isEqualTo(1);
    }

    @Test
    void traceOfAnEmptyRunHasNoEvents() throws IOException {
        assertThat(trace().at("traceEvents").elements()).isEmpty();
    }
}
