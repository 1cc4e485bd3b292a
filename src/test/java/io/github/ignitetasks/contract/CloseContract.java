package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Contract of closing: a session that closes ends all of its futures. */
interface CloseContract extends Contract {

    @Test
    default void callSubmittedAfterCloseIsRefused() {
        TaskSession session = runner().start();
        session.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> session.submit(key("late"), () -> 1))
                .withMessageContaining("closed");
    }

    @Test
    default void callSubmittedWhileTheSessionClosesIsRefused() throws Exception {
        Gate gate = gate();
        TaskSession session = runner().start();
        TaskFuture<Integer> future = slow(session, gate);
        Background.Running<Boolean> closing = closing(session);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatIllegalStateException()
                        .isThrownBy(() -> session.submit(key("late"), () -> 1))
                        .withMessageContaining("closed"));

        gate.open();
        closing.result().get();
        assertThat(end(future).result()).isEqualTo(1);
    }

    @Test
    default void closeWaitsForWhatActionsOfAcceptedWorkSubmit() throws Exception {
        Gate gate = gate();
        TaskSession session = runner().start();
        String key = key("slow");
        BlockingQueue<TaskFuture<Integer>> submitted = new LinkedBlockingQueue<>();
        TaskFuture<Integer> slow = running(session, key, () -> {
            gate.pass();
            return 1;
        });
        slow.whenDone(first -> {
            TaskFuture<Integer> second = session.submit(key("second"), () -> 2);
            submitted.add(second);
            second.whenDone(state -> submitted.add(session.submit(key("third"), () -> 3)));
        });
        CompletableFuture<Void> stage =
                slow.toCompletableFuture().thenAccept(result -> submitted.add(session.submit(key("stage"), () -> 4)));
        Background.Running<Boolean> closing = closing(session);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatIllegalStateException()
                        .as("another thread is refused")
                        .isThrownBy(() -> session.submit(key("late"), () -> 1)));

        gate.open();
        closing.result().get();

        assertThat(submitted.stream().map(future -> future.state().orElseThrow().result()))
                .containsExactlyInAnyOrder(2, 3, 4);
        assertThat(stage).isCompleted();
    }

    @Test
    default void nothingIsAcceptedAfterTheTimeoutOfClose() throws Exception {
        TaskSession session = runner().start();
        TaskFuture<Integer> slow = slow(session, gate());
        BlockingQueue<String> refusals = new LinkedBlockingQueue<>();
        slow.whenDone(state -> {
            try {
                session.submit(key("late"), () -> 1);
            } catch (IllegalStateException e) {
                refusals.add(String.valueOf(e.getMessage()));
            }
        });

        session.close(Duration.ZERO);

        assertThat(refusals).singleElement().asString().contains("is closed");
    }

    @Test
    default void closeWaitsForWhatRuns() throws Exception {
        Gate gate = gate();
        TaskSession session = runner().start();
        TaskFuture<Integer> future = slow(session, gate);

        Background.Running<Boolean> closing = closing(session);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatIllegalStateException()
                        .as("it has begun to close")
                        .isThrownBy(() -> session.submit(key("late"), () -> 1)));
        assertThat(future.isDone()).isFalse();
        assertThat(closing.result().isDone()).isFalse();
        gate.open();
        closing.result().get();
        assertThat(future.state().map(State::result)).contains(1);
    }

    @Test
    default void closeWaitsForWhatIsQueuedAndForDependents() {
        TaskSession session = withSlots(1).start();
        TaskFuture<Integer> last = session.submit(key("first"), () -> 0);
        for (int i = 0; i < 100; i++) {
            TaskFuture<Integer> previous = last;
            last = session.submit(key("link"), () -> previous.result() + 1);
        }

        session.close();

        assertThat(last.state().map(State::result)).contains(100);
    }

    @Test
    default void closeCallsTheActionsThatWereAttached() throws InterruptedException {
        TaskSession session = runner().start();
        BlockingQueue<StateType> seen = new LinkedBlockingQueue<>();
        session.submit(key("one"), () -> 1).whenDone(state -> seen.add(state.type()));

        session.close();

        assertThat(seen.poll(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)).isEqualTo(StateType.COMPLETED);
    }

    @Test
    default void closeWithATimeoutCancelsWhatRunsOn() throws InterruptedException {
        TaskSession session = runner().start();
        TaskFuture<Integer> future = slow(session, gate());

        session.close(GLIMPSE);

        assertThat(future.state().map(State::type)).contains(StateType.CANCELLED);
    }

    @Test
    default void closeWithATimeoutEndsWhatWaitsToo() throws Exception {
        TaskSession session = withSlots(1).start();
        TaskFuture<Integer> running = slow(session, gate());
        TaskFuture<Integer> queued = session.submit(key("queued"), () -> 1);
        TaskFuture<Integer> dependent = session.submit(key("dependent"), () -> running.result() + 1);

        session.close(GLIMPSE);

        assertThat(queued.state().map(State::type)).contains(StateType.CANCELLED);
        assertThat(dependent.state().map(State::type))
                .hasValueSatisfying(type -> assertThat(type).isIn(StateType.CANCELLED, StateType.NOT_READY));
    }

    @Test
    default void closeWithATimeoutDoesNotWaitForCodeThatIgnoresItsInterrupt() throws InterruptedException {
        Gate gate = gate();
        TaskSession session = runner().start();
        TaskFuture<Integer> future = running(session, key("stubborn"), () -> {
            gate.passUninterruptibly();
            return 1;
        });

        session.close(Duration.ZERO);

        assertThat(future.state())
                .hasValueSatisfying(state -> assertThat(state)
                        .isInstanceOfSatisfying(
                                State.Cancelled.class,
                                cancelled ->
                                        assertThat(cancelled.stillRunning()).isTrue()));
        gate.open();
    }

    @Test
    default void closeWithATimeoutLeavesWhatEndsInTimeAlone() {
        TaskSession session = runner().start();
        TaskFuture<Integer> future = session.submit(key("fast"), () -> 1);

        session.close(PATIENCE);

        assertThat(future.state().map(State::result)).contains(1);
    }

    @Test
    default void secondCloseDoesNothing() {
        TaskSession session = runner().start();
        TaskFuture<Integer> future = session.submit(key("one"), () -> 1);
        session.close();

        session.close();
        session.close(Duration.ZERO);

        assertThat(future.state().map(State::result)).contains(1);
    }

    @Test
    default void stateIsThereAfterClose() {
        TaskSession session = runner().start();
        String key = key("one");
        TaskFuture<Integer> future = session.submit(key, () -> 1);
        session.close();

        assertThat(future.result()).isEqualTo(1);
        assertThat(session.await(key, Duration.ZERO))
                .hasValueSatisfying(state -> assertThat(state.isCompleted()).isTrue());
    }

    @Test
    default void interruptOfAThreadThatClosesCancelsWhatRunsAndSetsTheFlag() throws Exception {
        TaskSession session = runner().start();
        TaskFuture<Integer> future = slow(session, gate());
        Background.Running<Boolean> closing = closing(session);

        closing.thread().interrupt();

        assertThat(closing.result().get()).as("the flag is set").isTrue();
        assertThat(future.state().map(State::type)).contains(StateType.CANCELLED);
    }

    /** Closes a session on another thread. The result tells whether that thread was interrupted. */
    static Background.Running<Boolean> closing(TaskSession session) {
        return Background.call(() -> {
            session.close();
            return Thread.currentThread().isInterrupted();
        });
    }

    private TaskFuture<Integer> slow(TaskSession session, Gate gate) throws InterruptedException {
        return running(session, key("slow"), () -> {
            gate.pass();
            return 1;
        });
    }
}
