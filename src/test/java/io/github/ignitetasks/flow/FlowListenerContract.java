package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskEvent;
import io.github.ignitetasks.support.RecordedEvents;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Contract of what the listener of a flow hears. */
interface FlowListenerContract extends FlowSubject {

    @Test
    default void listenerOfAFlowHearsItsTasksByTheirNames() {
        RecordedEvents events = new RecordedEvents();
        RecordedEvents inner = new RecordedEvents();
        FlowWithoutArgument<Integer> called = Flow.named("called")
                .body(run -> run.submit(INCREMENT, 5).result())
                .withListener(inner);

        FlowReport<Integer> report = Flow.named("heard")
                .body(run -> {
                    run.map(INCREMENT, List.of(1, 2)).results();
                    run.submit(REFUSE, "no").await();
                    run.share("value", 7).result();
                    return run.call(called).result();
                })
                .withListener(events)
                .withTaskRunner(runner())
                .runReport();

        assertThat(report.result()).isEqualTo(6);
        assertThat(events.ends())
                .extracting(TaskEvent.Ended::name)
                .containsExactlyInAnyOrder(
                        Optional.of("increment"),
                        Optional.of("increment"),
                        Optional.of("increment"),
                        Optional.of("refuse"));
        assertThat(events.ends())
                .filteredOn(end -> end.type() == StateType.FAILED)
                .singleElement()
                .satisfies(end -> {
                    assertThat(end.flowRunId()).contains(report.flowRunId().toString());
                    assertThat(end.failure().orElseThrow().message()).isEqualTo("no");
                });
        assertThat(inner.all()).as("the tasks are in the session of the caller").isEmpty();
    }
}
