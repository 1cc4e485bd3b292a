package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.ConcurrencyType;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The promises of every runner whose {@code submit} runs the call before it returns. Where other tests wait for a call,
 * these tests expect that it has ended.
 */
public abstract class SequentialRunnerContract extends TaskRunnerContract implements SharedCallsContract {
    @Override
    public final ConcurrencyType type() {
        return ConcurrencyType.SEQUENTIAL;
    }

    @Override
    public final boolean isSequential() {
        return true;
    }

    @Override
    public final Gate gateOpenIfSequential() {
        Gate gate = gate();
        gate.open();
        return gate;
    }

    @Override
    public final <R extends @Nullable Object> TaskFuture<R> submitToRun(
            TaskSession session, String key, Gate started, TaskCall<R> call) throws InterruptedException {
        Background.run(() -> session.submit(key, call));
        started.pass();
        return session.submit(key, call);
    }

    /** Attaches the action on another thread, because the future has ended and so the action runs at once. */
    @Override
    public final void attachAction(Runnable attaching) {
        Background.run(attaching);
    }

    /** Does nothing, because a call is submitted only after its upstream has ended. */
    @Override
    public final void awaitSubmitted(Future<?> submitting) {}

    /** Ends the upstream, because a dependent is submitted only after that. */
    @Override
    public final void prepareToSubmitDependent(TaskFuture<?> upstream, Gate endOfUpstream) {
        upstream.cancel();
        endOfUpstream.open();
    }

    @Override
    @Test
    public void runnersThatDifferInASettingAreNotEqual() {
        assertThat(withSlots(1)).as("a runner without settings").isEqualTo(withSlots(2));
    }

    @Override
    @Test
    public void asCompletedYieldsInTheOrderOfTheEnds() {
        List<TaskFuture<Integer>> futures = List.of(ended(10), ended(1), ended(5));

        assertThat(TaskFutures.asCompleted(futures, PATIENCE))
                .as("the order in which they were submitted")
                .containsExactlyElementsOf(futures);
    }

    @Override
    @Test
    public void asCompletedThrowsWhenItsTimeIsUp() {
        TaskFuture<Integer> fast = ended(1);
        TaskFuture<Integer> slow = ended(2);

        assertThat(TaskFutures.asCompleted(List.of(slow, fast), GLIMPSE)).containsExactly(fast, slow);
    }

    @Override
    @Test
    public void waitAllTellsDoneFromNotDone() {
        TaskFuture<Integer> slow = ended(1);
        TaskFuture<Integer> fast = ended(2);

        TaskFutures.DoneAndNotDone<TaskFuture<Integer>> found = TaskFutures.waitAll(List.of(slow, fast), GLIMPSE);

        assertThat(found.done()).containsExactly(slow, fast);
        assertThat(found.notDone()).isEmpty();
    }

    @Override
    @Test
    public void resultThatTimesOutThrowsAndCancelsNothing() {
        assertThat(ended(1).result(GLIMPSE)).isEqualTo(1);
    }

    @Override
    @Test
    public void queuedCallThatIsCancelledNeverStarts() {
        Tally runs = tally();
        try (TaskSession session = withSlots(1).start()) {
            TaskFuture<Integer> queued = session.submit(key("queued"), () -> {
                runs.add();
                return 2;
            });

            assertThat(queued.cancel()).as("it ended before submit returned").isFalse();
            end(session.submit(key("after"), () -> 3));
            assertThat(runs.count()).isEqualTo(1);
        }
    }

    @Override
    @Test
    public void callThatWaitsForAnUpstreamAndIsCancelledNeverStarts() {
        Tally runs = tally();
        TaskFuture<Integer> upstream = ended(1);
        TaskFuture<Integer> dependent = session().submit(key("dependent"), () -> {
            runs.add();
            return upstream.result() + 1;
        });

        assertThat(dependent.cancel()).as("it ended before submit returned").isFalse();
        assertThat(end(upstream).isCompleted()).isTrue();
        assertThat(runs.count()).isEqualTo(1);
    }

    /** No call waits while another one runs, so only the running call is cancelled. */
    @Override
    @Test
    public void closeWithATimeoutEndsWhatWaitsToo() throws InterruptedException {
        TaskSession session = withSlots(1).start();
        Gate never = gate();
        TaskFuture<Integer> running = running(session, key("slow"), () -> {
            never.pass();
            return 1;
        });

        session.close(GLIMPSE);

        assertThat(running.state().map(State::type)).contains(StateType.CANCELLED);
    }

    /** Returns a future that has ended, because {@code submit} has returned. */
    private TaskFuture<Integer> ended(int result) {
        return session().submit(key("ended"), () -> result);
    }
}
