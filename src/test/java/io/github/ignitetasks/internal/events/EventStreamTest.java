package io.github.ignitetasks.internal.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Tests the events of tasks that consumers get, and the counts in the closing line of the log. */
final class EventStreamTest {
    private static final class Recorded implements TaskEvents {
        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void submitted(SessionTask task) {
            all.add(task.key() + " submitted");
        }

        @Override
        public void queued(String key) {
            all.add(key + " queued");
        }

        @Override
        public void started(TaskLabel task, String node, int attempt) {
            all.add(task.key() + " started " + attempt);
        }

        @Override
        public void progress(TaskLabel task, String node, int attempt, TaskProgress progress) {
            all.add(task.key() + " progress " + node + " " + attempt + " " + progress.describe());
        }

        @Override
        public void retrying(TaskLabel task, String node, int attempt, int attempts, State<?> failed, Duration delay) {
            all.add(task.key() + " retrying " + attempt + " of " + attempts + " " + failed.name());
        }

        @Override
        public void ended(SessionTask task, StateType type, long nanos) {
            all.add(task.key() + " ended " + type);
        }

        @Override
        public void released(String key, StateType type) {
            all.add(key + " released " + type);
        }
    }

    @Test
    void consumersGetTheEventsOfATaskInOrder() {
        Recorded events = new Recorded();
        try (TaskSession session = ThreadPoolTaskRunner.withSlots(1).start()) {
            ((EventStream) ((KeyedSession) session).events()).add(events);
            TaskFuture<Integer> first = session.submit("first", () -> 1);
            TaskFuture<Integer> failed = session.submit(
                    "failed",
                    () -> Integer.parseInt("none " + first.result()),
                    CallOptions.none().withRetries(1, Duration.ZERO));
            failed.await();
            session.submit("never", failed::result).await();
            session.submit("first", () -> 2).await();
            first.release();
        }

        assertThat(events.all.stream().filter(event -> event.startsWith("first")))
                .containsExactly(
                        "first submitted",
                        "first queued",
                        "first started 1",
                        "first ended Completed",
                        "first released Completed");
        assertThat(events.all.stream().filter(event -> event.startsWith("failed")))
                .containsExactly(
                        "failed submitted",
                        "failed queued",
                        "failed started 1",
                        "failed retrying 1 of 2 Failed",
                        "failed started 2",
                        "failed ended Failed");
        assertThat(events.all.stream().filter(event -> event.startsWith("never")))
                .containsExactly("never submitted", "never ended NotReady");
    }

    @Test
    void progressOfEachAttemptIsAnEventAndNoneFollowsTheEnd() {
        Recorded events = new Recorded();
        try (TaskSession session = ThreadPoolTaskRunner.withSlots(1).start()) {
            ((EventStream) ((KeyedSession) session).events()).add(events);
            session.submit(
                            "far",
                            () -> {
                                TaskContext context = TaskContext.current().orElseThrow();
                                context.progress(context.attempt(), 2);
                                context.progress("too soon to travel before the end");
                                return 1 / (context.attempt() - 1);
                            },
                            CallOptions.none().withRetries(1, Duration.ZERO))
                    .await();
        }

        assertThat(events.all)
                .containsExactly(
                        "far submitted",
                        "far queued",
                        "far started 1",
                        "far progress local 1 1 of 2",
                        "far retrying 1 of 2 Failed",
                        "far started 2",
                        "far progress local 2 2 of 2",
                        "far ended Completed");
    }

    @Test
    void countsSayHowTasksEndedAndHowManyWereReleased() {
        EndCounts counts = new EndCounts();
        assertThat(counts).hasToString("no tasks");

        counts.ended(EndedTask.of("a"), StateType.COMPLETED, 1);
        counts.ended(EndedTask.of("b"), StateType.COMPLETED, 1);
        counts.ended(EndedTask.of("c"), StateType.FAILED, 1);
        counts.released("a", StateType.COMPLETED);

        assertThat(counts).hasToString("1 Completed, 1 Failed, 1 released");
    }

    @Test
    void closingLineCountsTasksAndNoGivenResults() {
        try (CapturedLog log = CapturedLog.of(KeyedSession.class)) {
            try (TaskSession session = ThreadPoolTaskRunner.withSlots(1).start()) {
                session.submit("task", () -> 1).result();
                session.complete("given", 2).result();
                session.complete("given and released", 3).release();
            }

            assertThat(log.messages()).singleElement().asString().endsWith(" closed: 1 Completed");
        }
    }
}
