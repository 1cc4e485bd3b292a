package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ConcurrencyType;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract of calls that require more than a slot. */
interface RequirementsContract extends Contract {

    @Test
    default void callsWithALimitAndAPriorityRun() {
        CallOptions options = CallOptions.none().limit("db", 1).withPriority(7).withName("limited");

        List<TaskFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            all.add(session().submit(key("limited-" + i), () -> number, options));
        }

        assertThat(TaskFuture.all(all).result(PATIENCE))
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    default void callThatNoNodeCanRunWaitsForOneAndIsRefusedWhereThereAreNoNodes() {
        CallOptions options = CallOptions.none().onNodes("zone", "nowhere").requires("gpu", 1);

        if (type() == ConcurrencyType.PARALLEL) { // a grid
            TaskFuture<Integer> waiting = session().submit(key("nowhere"), () -> 1, options);
            assertThat(waiting.isDone()).isFalse();
            assertThat(waiting.cancel()).isTrue();
            assertThat(end(waiting).type()).isEqualTo(StateType.CANCELLED);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session().submit(key("nowhere"), () -> 1, options))
                    .withMessageContaining("attribute zone=nowhere")
                    .withMessageContaining("use an IgniteTaskRunner");
        }
    }
}
