package io.github.ignitetasks.contract;

import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskEvent;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.RecordedEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Contract of what a session tells its listeners. */
interface ListenerContract extends Contract {
    /** Fails in the first attempt. */
    private static int failOnce() {
        if (TaskContext.current().orElseThrow().attempt() == 1) {
            throw new IllegalArgumentException("first attempt");
        }
        return 2;
    }

    @Test
    default void listenerHearsTheEventsOfEachTaskInOrder() {
        RecordedEvents events = new RecordedEvents();
        CallOptions named = CallOptions.none().withName("fetch").withFlowRun("run-7");
        String good = key("good");
        String retried = key("retried");
        String bad = key("bad");
        String never = key("never");
        String adopted = key("adopted");
        String shared = key("shared");

        try (TaskSession session = runner().withListener(events).start()) {
            end(session.submit(good, () -> 1, named));
            end(session.submit(good, () -> 2, named));
            end(session.submit(retried, () -> failOnce(), named.withRetries(1, Duration.ZERO)));
            TaskFuture<Integer> failed = session.submit(bad, () -> Integer.parseInt("none"));
            end(session.submit(never, () -> failed.result()));
            end(session.adopt(adopted, CompletableFuture.completedStage(3)));
            end(session.share(shared, 4));
        }

        assertThat(events.of(good)).containsExactly("submitted", "started 1", "ended Completed");
        assertThat(events.of(retried))
                .containsExactly("submitted", "started 1", "retrying after 1", "started 2", "ended Completed");
        assertThat(events.of(bad)).containsExactly("submitted", "started 1", "ended Failed");
        assertThat(events.of(never)).containsExactly("submitted", "ended NotReady");
        assertThat(events.of(adopted)).containsExactly("submitted", "ended Completed");
        assertThat(events.of(shared)).isEmpty();
    }

    @Test
    default void eventsTellNameFlowRunNodeAttemptAndTimes() {
        RecordedEvents events = new RecordedEvents();
        CallOptions named = CallOptions.none().withName("fetch").withFlowRun("run-7");
        State<Integer> first;
        State<Integer> failed;

        try (TaskSession session = runner().withListener(events).start()) {
            first = end(session.submit(key("named"), () -> failOnce(), named.withRetries(1, Duration.ZERO)));
            failed = end(session.submit(key("unnamed"), () -> Integer.parseInt("none")));
        }

        List<TaskEvent> ofNamed = events.all().stream()
                .filter(event -> event.key().startsWith("named"))
                .toList();
        assertThat(ofNamed).hasSize(5).allSatisfy(event -> {
            assertThat(event.name()).contains("fetch");
            assertThat(event.flowRunId()).contains("run-7");
        });
        TaskEvent.Retrying retrying = (TaskEvent.Retrying) ofNamed.get(2);
        assertThat(retrying.failed().failure().message()).isEqualTo("first attempt");
        TaskEvent.Ended end = (TaskEvent.Ended) ofNamed.get(4);
        assertThat(end.node()).isEqualTo(first.node());
        assertThat(end.attempt()).isEqualTo(2);
        assertThat(end.time()).isEqualTo(first.endTime());
        assertThat(end.failure()).isEmpty();
        assertThat(end.waitTime()).isPositive();
        assertThat(end.runTime()).isEqualTo(Duration.between(first.startTime(), first.endTime()));
        TaskEvent.Ended bad = events.ends().get(1);
        assertThat(bad.type()).isEqualTo(StateType.FAILED);
        assertThat(bad.name()).isEmpty();
        assertThat(bad.flowRunId()).isEmpty();
        assertThat(bad.failure()).isEqualTo(failed.failure());
    }

    @Test
    default void listenerHearsWhetherAStateWasFound() {
        String key = key("found");
        end(session().submit(key, () -> 1));
        RecordedEvents events = new RecordedEvents();

        try (TaskSession other = runner().withListener(events).start()) {
            end(other.submit(key, () -> 1));
        }

        if (sharesKeysBetweenSessions()) {
            assertThat(events.of(key)).containsExactly("submitted", "ended Completed cached");
        } else {
            assertThat(events.of(key)).containsExactly("submitted", "started 1", "ended Completed");
        }
    }

    @Test
    default void listenerThatThrowsOrBlocksStopsNothing() {
        CountDownLatch go = new CountDownLatch(1);
        RecordedEvents events = new RecordedEvents();
        TaskRunner runner = runner().withListener(new TaskListener() {
                    @Override
                    public void submitted(TaskEvent.Submitted event) {
                        throw new IllegalStateException("a listener throws");
                    }

                    @Override
                    public void ended(TaskEvent.Ended event) {
                        throw new StackOverflowError();
                    }
                })
                .withListener(new TaskListener() {
                    @Override
                    public void submitted(TaskEvent.Submitted event) {
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException("the session closed first", e);
                        }
                    }
                })
                .withListener(events);
        String key = key("goes-on");

        try (TaskSession session = runner.start()) {
            List<TaskFuture<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                all.add(session.submit(key + i, () -> number));
            }
            assertThat(all)
                    .allSatisfy(future -> assertThat(end(future).isCompleted()).isTrue());
            assertThat(events.all()).as("the listener before it blocks").isEmpty();
            go.countDown();
        }

        assertThat(events.ends()).hasSize(50);
        assertThat(events.of(key + 49)).containsExactly("submitted", "started 1", "ended Completed");
    }

    @Test
    default void runnersAreEqualOnlyIfTheirListenersAre() {
        RecordedEvents events = new RecordedEvents();
        TaskRunner runner = runner();

        assertThat(runner.withListener(events))
                .isEqualTo(runner.withListener(events))
                .hasSameHashCodeAs(runner.withListener(events))
                .isNotEqualTo(runner)
                .isNotEqualTo(runner.withListener(new RecordedEvents()));
        assertThat(runner.withListener(events).duplicate()).isEqualTo(runner.withListener(events));
    }
}
