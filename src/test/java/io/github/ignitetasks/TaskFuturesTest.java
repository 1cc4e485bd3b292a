package io.github.ignitetasks;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.ignitetasks.local.SequentialTaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TaskFuturesTest {
    private final TaskSession session = SequentialTaskRunner.create().start();
    private final TaskFuture<Integer> one = session.submit("one", () -> 1);
    private final TaskFuture<Integer> two = session.submit("two", () -> 2);

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void iteratorThatIsExhaustedThrows() {
        Iterator<TaskFuture<Integer>> ended =
                TaskFutures.asCompleted(List.of(one), PATIENCE).iterator();
        ended.next();

        assertThat(ended.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(ended::next);
    }

    @Test
    void noFuturesAreAllDone() {
        assertThat(TaskFutures.asCompleted(List.<TaskFuture<Integer>>of(), PATIENCE))
                .isEmpty();
        assertThat(TaskFutures.waitAll(List.<TaskFuture<Integer>>of(), PATIENCE).notDone())
                .isEmpty();
    }

    @Test
    void whatHasEndedIsYieldedThoughTheTimeIsUp() {
        assertThat(TaskFutures.asCompleted(List.of(one, two), Duration.ZERO)).hasSize(2);
    }

    @Test
    void futuresThatAreAddedMeanwhileAreYieldedOnceToo() {
        AsCompleted<TaskFuture<Integer>> ended = TaskFutures.asCompleted(List.of(one));
        List<TaskFuture<Integer>> seen = new ArrayList<>();

        for (TaskFuture<Integer> each : ended) {
            seen.add(each);
            ended.add(one);
            ended.add(two);
        }

        assertThat(seen).containsExactly(one, two);
        ended.add(two);
        assertThat(ended.iterator().hasNext()).isFalse();
    }

    @Test
    void waitForTheFirstFailureEndsWithIt() {
        TaskFuture<Integer> failed = session.submit("failed", () -> {
            throw new IOException("no such page");
        });
        try (TaskSession threads = ThreadPoolTaskRunner.create().start()) {
            CountDownLatch end = new CountDownLatch(1);
            TaskFuture<Integer> late = threads.submit("late", () -> {
                end.await();
                return 1;
            });
            assertThat(TaskFutures.waitFirstFailure(List.of(one, late, failed))).contains(failed);
            assertThat(TaskFutures.waitFirstFailure(List.of(one, late), GLIMPSE))
                    .isEmpty();
            end.countDown();
            assertThat(TaskFutures.waitFirstFailure(List.of(one, late))).isEmpty();
        }
    }

    @Test
    void allOfNoFuturesIsCompletedWithNoResults() {
        TaskFuture<List<Integer>> all = TaskFuture.all(List.of());
        List<StateType> seen = new ArrayList<>();

        all.whenDone(state -> seen.add(state.type()));

        assertThat(all.result()).isEmpty();
        assertThat(seen).containsExactly(StateType.COMPLETED);
    }

    @Test
    void keyOfAllNamesTheFirstKeys() {
        TaskFuture<Integer> three = session.submit("three", () -> 3);
        TaskFuture<Integer> four = session.submit("four", () -> 4);

        assertThat(TaskFuture.all(List.of(one, two)).key()).isEqualTo("all(one, two)");
        assertThat(TaskFuture.all(List.of(one, two, three, four)).key()).isEqualTo("all(one, two, three, … 4 in all)");
    }

    @Test
    void allSpansTheTimesOfItsParts() {
        State<List<Integer>> state = TaskFuture.all(List.of(two, one)).state().orElseThrow();

        assertThat(state.startTime()).isEqualTo(one.state().orElseThrow().startTime());
        assertThat(state.endTime()).isEqualTo(two.state().orElseThrow().endTime());
    }

    @Test
    void allIsNotReadyNamingTheFirstPartThatDidNotComplete() {
        TaskFuture<Integer> failed = session.submit("failed", () -> {
            throw new IOException("no such page");
        });

        State<List<Integer>> state =
                TaskFuture.all(List.of(one, failed)).await(PATIENCE).orElseThrow();

        assertThat(state)
                .isInstanceOfSatisfying(
                        State.NotReady.class,
                        notReady -> assertThat(notReady.upstream()).isEqualTo("failed"));
    }

    @Test
    void allThatWaitsForOnePartIsEmptyWhenTheTimeIsUpAndCancelsEach() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        try (TaskSession pool = ThreadPoolTaskRunner.withSlots(1).start()) {
            TaskFuture<Integer> fast = pool.submit("fast", () -> 1);
            fast.result();
            TaskFuture<Integer> slow = pool.submit("slow", () -> {
                gate.await();
                return 2;
            });
            TaskFuture<List<Integer>> all = TaskFuture.all(List.of(fast, slow));

            assertThat(all.state()).isEmpty();
            assertThat(all.await(GLIMPSE)).isEmpty();
            assertThat(all.cancel()).isTrue();
            assertThat(all.await(PATIENCE).map(State::type)).contains(StateType.NOT_READY);
            assertThat(all.cancel()).isFalse();
        }
    }

    @Test
    void interruptFlagIsSetByTheExceptionThatTellsOfIt() {
        TaskInterruptedException e = new TaskInterruptedException("while waiting", new InterruptedException());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(e).hasMessage("while waiting").hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // the test passes null
    void nullIsRefusedByItsName() {
        assertThatNullPointerException().isThrownBy(() -> TaskFuture.all(null)).withMessage("futures");
        assertThatNullPointerException()
                .isThrownBy(() -> TaskFutures.asCompleted(null, PATIENCE))
                .withMessage("futures");
        assertThatNullPointerException()
                .isThrownBy(() -> TaskFutures.waitAll(null, PATIENCE))
                .withMessage("futures");
        assertThatNullPointerException()
                .isThrownBy(() -> TaskFutures.asCompleted(List.of(), null))
                .withMessage("timeout");
        assertThatNullPointerException()
                .isThrownBy(() -> TaskFutures.waitAll(List.of(), null))
                .withMessage("timeout");
    }
}
