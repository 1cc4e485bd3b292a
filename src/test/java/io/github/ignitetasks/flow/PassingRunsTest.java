package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.local.SequentialTaskRunner;
import org.junit.jupiter.api.Test;

final class PassingRunsTest {
    @Test
    void runsThatShareAFutureCountOnceEach() {
        PassingRuns runs = new PassingRuns();
        EndsByName ends = new EndsByName();
        try (TaskSession session = SequentialTaskRunner.create().start()) {
            TaskFuture<Integer> future = session.submit("key", () -> 1);
            runs.add(future, "parse");
            runs.add(future, "fetch");
            runs.add(future, "fetch");

            assertThat(runs.take(future)).isEqualTo(1);
            assertThat(runs.take(future)).isEqualTo(1);
            runs.addTo(ends);
        }

        assertThat(ends).hasToString("fetch 2 Completed, parse 1 Completed");
        assertThat(runs.futures()).isEmpty();
    }
}
