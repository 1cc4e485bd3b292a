package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.util.Iterator;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tests that a stream of results leaves nothing in its session. */
final class ResultStreamTest {
    private static final Task<Integer, Integer> INCREMENT =
            Task.named("increment").body(number -> number + 1);

    private final UUID id = UUID.randomUUID();

    @Test
    void resultIsReleasedOnceItWasTaken() {
        try (TaskSession session = ThreadPoolTaskRunner.create().start()) {
            TaskRuns runs = new TaskRuns(id, "flow", RunCount.ofNew(id, "flow", session), session);
            try (Stream<Integer> stream = ResultStream.of(runs, INCREMENT, Stream.of(1, 2, 3), 2)) {
                Iterator<Integer> results = stream.iterator();

                assertThat(results.next()).isEqualTo(2);

                assertThat(status(session, 0)).isEqualTo(KeyStatus.UNKNOWN);
                Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> status(session, 1) == KeyStatus.COMPLETED);
                assertThat(status(session, 2))
                        .as("status of a task beyond those ahead")
                        .isEqualTo(KeyStatus.UNKNOWN);
            }
        }
    }

    private KeyStatus status(TaskSession session, int number) {
        return session.status(TaskRunKey.of(id, "increment-passing-" + number, 1));
    }
}
