package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests of futures that ended before their session ran many other tasks. */
final class ForgottenFuturesIT {
    private static final int LATER = 70_000;
    private static final int LARGE = 33 << 20;

    /** Counts the runs of the tasks under the key {@code kept}. The node is in this JVM. */
    private static final AtomicInteger RUNS = new AtomicInteger();

    private static TaskSession session;
    private static TaskFuture<Integer> kept;
    private static TaskFuture<Integer> released;
    private static TaskFuture<Integer> cancelled;

    @BeforeAll
    static void endSomeAndThenManyMore() {
        session = IgniteTaskRunner.create().start();
        kept = session.submit("kept", () -> RUNS.incrementAndGet());
        released = session.submit("released", () -> 1);
        TaskFuture<Integer> failed = session.submit("failed", () -> {
            throw new IllegalStateException("on purpose");
        });
        cancelled = session.submit("cancelled", () -> {
            new CountDownLatch(1).await(); // until the cancel interrupts it
            return 0;
        });
        assertThat(cancelled.cancel()).isTrue();
        assertThat(kept.result(Deadlines.PATIENCE)).isEqualTo(1);
        assertThat(released.result(Deadlines.PATIENCE)).isEqualTo(1);
        assertThat(failed.await(Deadlines.PATIENCE)).map(State::type).contains(StateType.FAILED);
        assertThat(cancelled.await(Deadlines.PATIENCE)).map(State::type).contains(StateType.CANCELLED);
        TaskFuture<?>[] later = new TaskFuture<?>[LATER];
        for (int i = 0; i < LATER; i++) {
            later[i] = session.submit("later-" + i, () -> 0);
        }
        for (TaskFuture<?> each : later) {
            assertThat(each.await(Deadlines.PATIENCE)).isPresent();
        }
    }

    @AfterAll
    static void closeSession() {
        session.close();
    }

    @Test
    void keyThatIsSubmittedAgainRunsNothingAndHasItsState() {
        TaskFuture<Integer> again = session.submit("kept", () -> RUNS.incrementAndGet());

        assertThat(again).isNotSameAs(kept);
        assertThat(again.result(Deadlines.PATIENCE)).isEqualTo(1);
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void stateIsFoundByItsKey() {
        assertThat(session.await("failed", Deadlines.PATIENCE)).map(State::type).contains(StateType.FAILED);
        assertThat(session.status("failed")).isEqualTo(KeyStatus.NOT_COMPLETED);
    }

    @Test
    void keyThatWasNeverSubmittedIsStillAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.await("never", Duration.ZERO))
                .withMessageContaining("never submitted");
    }

    @Test
    void whoHasTheFutureReleasesItsRecordOnce() {
        assertThat(released.release()).isTrue();
        assertThat(released.release()).isFalse();

        assertThat(session.status("released")).isEqualTo(KeyStatus.UNKNOWN);
        assertThat(session.submit("released", () -> 2).result(Deadlines.PATIENCE))
                .isEqualTo(2);
    }

    @Test
    void largeResultsAreForgottenBeforeTheyAreMany() {
        TaskFuture<byte[]> first = session.submit("large-1", () -> new byte[LARGE]);
        assertThat(first.result(Deadlines.PATIENCE)).hasSize(LARGE);
        TaskFuture<byte[]> second = session.submit("large-2", () -> new byte[LARGE]);
        assertThat(second.result(Deadlines.PATIENCE)).hasSize(LARGE);

        Awaitility.await() // a wait may end before the session has processed the end of the task
                .atMost(Deadlines.PATIENCE)
                .until(() -> session.submit("large-1", () -> new byte[0]) != first);
    }

    @Test
    void stateThatTheGridMayNotHaveIsKept() {
        assertThat(session.submit("cancelled", () -> 1)).isSameAs(cancelled);
    }
}
