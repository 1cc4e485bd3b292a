package io.github.ignitetasks.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.events.SessionSnapshot;
import io.github.ignitetasks.internal.events.SessionSnapshot.PendingCounts;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.ObservingListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Tests of what observers see of a session of this JVM. */
final class SessionViewTest {
    private static final int SLOTS = 2;
    private static final int MANY = 5_000;

    private final ObservingListener observer = new ObservingListener();

    private TaskSession start() {
        return ThreadPoolTaskRunner.withSlots(SLOTS).withListener(observer).start();
    }

    private static CallOptions named(String name) {
        return CallOptions.none().withName(name);
    }

    private Map<String, PendingCounts> pending() {
        return observer.session().snapshot().pending();
    }

    @Test
    void tasksOfEachPhase_areCountedByName() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(SLOTS);
        try (TaskSession session = start()) {
            TaskCall<Integer> blocked = () -> {
                running.countDown();
                gate.await();
                return 1;
            };
            TaskFuture<Integer> needed = session.submit("run-1", blocked, named("run"));
            session.submit("run-2", blocked, named("run"));
            running.await();
            session.submit("queue", () -> 1, named("queue"));
            session.submit("wait", () -> needed.result() + 1, named("wait"));

            assertThat(observer.session().snapshot().nodes())
                    .singleElement()
                    .satisfies(node -> assertThat(node.inFlight()).isEqualTo(SLOTS + 1)); // "wait" was not sent
            assertThat(pending())
                    .containsOnly(
                            Map.entry("run", new PendingCounts(0, 0, SLOTS, 0)),
                            Map.entry("queue", new PendingCounts(0, 1, 0, 0)),
                            Map.entry("wait", new PendingCounts(1, 0, 0, 0)));
            gate.countDown();
        }
        assertThat(observer.session().snapshot()).isEqualTo(new SessionSnapshot(Map.of(), List.of()));
    }

    @Test
    void taskWhoseUpstreamIsReleasedBeforeItsCodeStarts_runsNoMoreAfterItsEnd() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(SLOTS);
        TaskCall<Integer> blocked = () -> {
            running.countDown();
            gate.await();
            return 1;
        };
        try (TaskSession session = start()) {
            TaskFuture<Integer> needed = session.submit("needed", () -> 1);
            needed.result(Deadlines.PATIENCE);
            for (int i = 0; i < SLOTS; i++) {
                session.submit("blocked-" + i, blocked);
            }
            running.await();
            TaskFuture<Integer> needs = session.submit("needs", needed::result, named("needs"));
            assertThat(needed.release()).isTrue();
            gate.countDown();

            assertThat(needs.await(Deadlines.PATIENCE).orElseThrow().type()).isEqualTo(StateType.NOT_READY);
            await().atMost(Deadlines.PATIENCE)
                    .untilAsserted(() -> assertThat(observer.session().counts().byName())
                            .hasEntrySatisfying("needs", counts -> {
                                assertThat(counts.ended()).containsEntry(StateType.NOT_READY, 1L);
                                assertThat(counts.running()).isZero();
                            }));
        }
    }

    @Test
    void moreTasksWaitForARetryThanAReportHas_allAreCounted() {
        CallOptions retried = named("retry").withRetries(1, Duration.ofMinutes(10));
        try (TaskSession session = start()) {
            for (int i = 0; i < MANY; i++) {
                session.submit("retry-" + i, new Failing(), retried);
            }

            await().atMost(Deadlines.PATIENCE)
                    .until(() ->
                            new PendingCounts(0, 0, 0, MANY).equals(pending().get("retry")));
            session.close(Duration.ZERO);
        }
    }

    /** A call that fails. */
    private static final class Failing implements TaskCall<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String call() {
            throw new IllegalStateException("not yet");
        }
    }
}
