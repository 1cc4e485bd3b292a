package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskTimeoutException;
import io.github.ignitetasks.support.Gate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contract of the ways to wait for tasks. */
interface WaitContract extends Contract {

    @Test
    default void asCompletedYieldsInTheOrderOfTheEnds() {
        Gate one = gate();
        Gate five = gate();
        Gate ten = gate();
        List<TaskFuture<Integer>> futures = List.of(after(ten, 10), after(one, 1), after(five, 5));

        Iterator<TaskFuture<Integer>> ended =
                TaskFutures.asCompleted(futures, PATIENCE).iterator();

        one.open();
        assertThat(ended.next().result()).isEqualTo(1);
        five.open();
        assertThat(ended.next().result()).isEqualTo(5);
        ten.open();
        assertThat(ended.next().result()).isEqualTo(10);
        assertThat(ended).isExhausted();
    }

    @Test
    default void asCompletedYieldsWhatHasEndedInTheOrderOfTheEnds() {
        TaskFuture<Integer> first = ended(1);
        TaskFuture<Integer> second = ended(2);

        assertThat(TaskFutures.asCompleted(List.of(second, first), PATIENCE)).containsExactly(first, second);
    }

    @Test
    default void asCompletedYieldsEachFutureOnce() {
        TaskFuture<Integer> future = ended(1);

        assertThat(TaskFutures.asCompleted(List.of(future, future), PATIENCE)).containsExactly(future);
    }

    @Test
    default void asCompletedYieldsWhatFailedToo() {
        TaskFuture<Integer> failed = failing();

        assertThat(TaskFutures.asCompleted(List.of(failed), PATIENCE)).containsExactly(failed);
    }

    @Test
    default void asCompletedThrowsWhenItsTimeIsUp() {
        Gate gate = gate();
        TaskFuture<Integer> fast = ended(1);
        TaskFuture<Integer> slow = after(gate, 2);

        Iterator<TaskFuture<Integer>> ended =
                TaskFutures.asCompleted(List.of(slow, fast), GLIMPSE).iterator();

        assertThat(ended.next()).isSameAs(fast);
        assertThatExceptionOfType(TaskTimeoutException.class)
                .isThrownBy(ended::next)
                .withMessageContaining(GLIMPSE.toString());
        gate.open();
    }

    @Test
    default void waitAllTellsDoneFromNotDone() {
        Gate gate = gate();
        TaskFuture<Integer> slow = after(gate, 1);
        TaskFuture<Integer> failed = failing();
        TaskFuture<Integer> fast = ended(2);
        end(failed);

        TaskFutures.DoneAndNotDone<TaskFuture<Integer>> found =
                TaskFutures.waitAll(List.of(slow, failed, fast), GLIMPSE);
        gate.open();

        assertThat(found.done()).containsExactly(failed, fast);
        assertThat(found.notDone()).containsExactly(slow);
    }

    @Test
    default void waitAllReturnsOnceAllHaveEnded() {
        Gate gate = gateOpenIfSequential();
        List<TaskFuture<Integer>> futures = List.of(after(gate, 1), after(gate, 2));
        Background.run(gate::open);

        assertThat(TaskFutures.waitAll(futures, PATIENCE).done()).isEqualTo(futures);
    }

    @Test
    default void waitsWithoutALimitReturnOnceTheirFuturesHaveEnded() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Integer> number = after(gate, 1);
        TaskFuture<String> text = session().submit(key("text"), () -> "one");
        List<TaskFuture<?>> both = List.of(number, text);
        assertThat(TaskFutures.waitAny(List.of(text))).isEqualTo(text);
        Background.run(gate::open);

        TaskFutures.waitAll(both);

        assertThat(number.isDone()).isTrue();
        assertThat(number.await().result()).isEqualTo(1);
        assertThat(TaskFutures.asCompleted(both)).containsExactlyInAnyOrder(number, text);
    }

    @Test
    default void waitAnyGivesTheOneThatEndsFirstAndNothingIfNoneDoes() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Integer> slow = after(gate, 1);
        TaskFuture<Integer> fast = isSequential() ? slow : ended(2);

        Optional<TaskFuture<Integer>> none = TaskFutures.waitAny(List.of(slow), GLIMPSE);
        TaskFuture<Integer> first = TaskFutures.waitAny(List.of(slow, fast));
        gate.open();

        assertThat(none.isPresent()).isEqualTo(isSequential());
        assertThat(first).isEqualTo(fast);
    }

    @Test
    default void waitForAnyOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFutures.waitAny(List.of()))
                .withMessage("futures must have one future at least, but is empty");
    }

    @Test
    default void futureIsDoneOnceItsTaskHasEnded() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Integer> future = after(gate, 1);
        boolean before = future.isDone();
        gate.open();
        end(future);

        assertThat(before).isEqualTo(isSequential());
        assertThat(future.isDone()).isTrue();
        assertThat(TaskFuture.all(List.of(future)).isDone()).isTrue();
    }

    @Test
    default void actionAttachedBeforeTheEndIsCalledWithTheState() throws InterruptedException {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Integer> future = after(gate, 1);
        BlockingQueue<State<Integer>> seen = new LinkedBlockingQueue<>();

        future.whenDone(seen::add);
        gate.open();

        assertThat(poll(seen)).isEqualTo(end(future));
        assertThat(seen).isEmpty();
    }

    @Test
    default void actionAttachedAfterTheEndIsCalledAtOnce() {
        TaskFuture<Integer> future = ended(1);
        List<Thread> callers = new ArrayList<>();

        future.whenDone(state -> callers.add(Thread.currentThread()));

        assertThat(callers).containsExactly(Thread.currentThread());
    }

    @Test
    default void actionThatThrowsBeforeTheEndLeavesTheOthersAlone() throws InterruptedException {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Integer> future = after(gate, 1);
        BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();

        future.whenDone(state -> seen.add(1));
        future.whenDone(state -> {
            throw new IllegalStateException("thrown by an action on purpose");
        });
        future.whenDone(state -> seen.add(2));
        gate.open();

        assertThat(List.of(poll(seen), poll(seen))).containsExactlyInAnyOrder(1, 2);
        assertThat(end(future).result()).isEqualTo(1);
    }

    @Test
    default void actionThatThrowsAfterTheEndDoesNotThrowAtTheCaller() {
        TaskFuture<Integer> future = ended(1);

        future.whenDone(state -> {
            throw new IllegalStateException("thrown by an action on purpose");
        });

        assertThat(future.result()).isEqualTo(1);
    }

    @Test
    default void actionOfAllThatThrowsDoesNotThrowAtTheCaller() {
        TaskFuture<List<Integer>> both = TaskFuture.all(List.of(ended(1), ended(2)));

        both.whenDone(state -> {
            throw new IllegalStateException("on purpose");
        });

        assertThat(end(both).result()).containsExactly(1, 2);
    }

    @Test
    default void actionOfAnUpstreamThatThrowsDoesNotThrowAtTheTask() {
        TaskFuture<Integer> upstream = ended(1);
        TaskFuture<Integer> dependent = session().submit(key("dependent"), () -> {
            upstream.whenDone(state -> {
                throw new IllegalStateException("on purpose");
            });
            return 2;
        });

        assertThat(end(dependent).result()).isEqualTo(2);
    }

    @Test
    default void interruptOfAThreadThatAwaitsIsToldAndTheFlagSet() throws Exception {
        Gate gate = gate();
        TaskFuture<Integer> future = running(session(), key("slow"), () -> {
            gate.pass();
            return 1;
        });
        Background.Running<@Nullable Boolean> waiting = Background.call(() -> {
            try {
                future.await(PATIENCE);
                return null;
            } catch (TaskInterruptedException e) {
                return Thread.currentThread().isInterrupted();
            }
        });

        waiting.thread().interrupt();

        assertThat(waiting.result().get()).isEqualTo(true);
        gate.open();
        assertThat(end(future).result()).isEqualTo(1);
    }

    @Test
    default void interruptOfAThreadThatTakesFuturesAsTheyEndIsToldAndTheFlagSet() throws Exception {
        Gate gate = gate();
        TaskFuture<Integer> future = running(session(), key("slow"), () -> {
            gate.pass();
            return 1;
        });
        Background.Running<@Nullable Boolean> waiting = Background.call(() -> {
            try {
                TaskFutures.asCompleted(List.of(future), PATIENCE).iterator().next();
                return null;
            } catch (TaskInterruptedException e) {
                return Thread.currentThread().isInterrupted();
            }
        });

        waiting.thread().interrupt();

        assertThat(waiting.result().get()).isEqualTo(true);
        gate.open();
    }

    private TaskFuture<Integer> after(Gate gate, int result) {
        return session().submit(key("after"), () -> {
            gate.pass();
            return result;
        });
    }

    private TaskFuture<Integer> ended(int result) {
        TaskFuture<Integer> future = session().submit(key("ended"), () -> result);
        end(future);
        return future;
    }

    private TaskFuture<Integer> failing() {
        return session().submit(key("failing"), () -> {
            throw new FailureContract.OwnException("no such page");
        });
    }

    private static <T> @Nullable T poll(BlockingQueue<T> queue) throws InterruptedException {
        return queue.poll(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    }
}
