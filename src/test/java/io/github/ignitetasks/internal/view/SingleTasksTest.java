package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.json.JsonWriter;
import io.github.ignitetasks.support.JsonValue;
import io.github.ignitetasks.support.ObservedTask;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests single tasks whose keys are submitted again. */
final class SingleTasksTest {
    private final SingleTasks tasks = new SingleTasks();

    private JsonValue written() {
        JsonWriter json = new JsonWriter().object();
        tasks.write(json, List.of(), 301);
        return JsonValue.parse(new String(json.endObject().bytes(), UTF_8)).at("tasks");
    }

    private static ObservedTask task(String key, long submittedNanos) {
        ObservedTask task = ObservedTask.of(key, "t");
        return new ObservedTask(
                key, Optional.of("t"), task.executionInfo(), Optional.empty(), false, false, submittedNanos);
    }

    @Test
    void endOfAResubmittedTaskMayOvertakeItsSubmission() {
        tasks.submitted(task("a", 1));
        tasks.ended(task("a", 1), StateType.FAILED);
        tasks.ended(task("a", 2), StateType.COMPLETED);
        tasks.submitted(task("a", 2));

        assertThat(written().at("nodes").elements())
                .singleElement()
                .satisfies(node -> assertThat(node.text("state")).isEqualTo("COMPLETED"));
    }

    @Test
    void resubmittedTaskHasItsEdgesOnce() {
        for (int i = 1; i <= 3; i++) {
            tasks.submitted(task("a", i));
            tasks.submitted(task("b", i));
            tasks.depends(task("b", i), List.of(task("a", i)));
        }

        assertThat(written().at("edges").elements()).hasSize(1);
    }
}
