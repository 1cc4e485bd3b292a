package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.ConcurrencyType;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Contract of stages and code of other libraries. A sequential runner waits for a stage, so its tests end the stage
 * before the session adopts it.
 */
interface AdoptContract extends Contract {

    /** Returns a stage, which has ended if {@code adopt} would wait for it. */
    private <R> CompletableFuture<R> stage(R value) {
        CompletableFuture<R> stage = new CompletableFuture<>();
        if (isSequential()) {
            stage.complete(value);
        }
        return stage;
    }

    @Test
    default void valueOfAnAdoptedStageIsAnUpstream() {
        CompletableFuture<Integer> stage = stage(6);
        TaskFuture<Integer> six = session().adopt(key("six"), stage);
        TaskFuture<Integer> seven = session().submit(key("seven"), () -> six.result() + 1);
        assertThat(session().status(six.key())).isEqualTo(isSequential() ? KeyStatus.COMPLETED : KeyStatus.RUNNING);

        stage.complete(6);

        assertThat(end(seven).result()).isEqualTo(7);
        assertThat(six.result()).isEqualTo(6);
    }

    @Test
    default void stageThatEndsDuringAdoptGivesItsValue() {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        Background.run(() -> stage.complete(6));

        assertThat(end(session().adopt(key("six"), stage.minimalCompletionStage()))
                        .result())
                .isEqualTo(6);
    }

    @Test
    default void exceptionOfAnAdoptedStageIsThatOfTheTask() {
        CompletableFuture<Integer> stage =
                CompletableFuture.failedFuture(new FailureContract.OwnException("no such page"));
        TaskFuture<Integer> failed =
                session().adopt(key("failed"), stage.thenApply(number -> number + 1)); // wraps the exception
        TaskFuture<Integer> next = session().submit(key("next"), () -> failed.result() + 1);

        assertThat(end(failed).type()).isEqualTo(StateType.FAILED);
        assertThat(end(failed).failure().flatMap(Failure::throwable))
                .get()
                .isInstanceOf(FailureContract.OwnException.class);
        assertThat(end(next).type()).isEqualTo(StateType.NOT_READY);
    }

    @Test
    default void stageThatIsCancelledMakesTheKeyCancelled() {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        stage.cancel(true);

        assertThat(end(session().adopt(key("cancelled"), stage.thenApply(number -> number + 1)))
                        .type())
                .isEqualTo(StateType.CANCELLED);
    }

    @Test
    default void cancellingTheKeyCancelsTheStage() {
        CompletableFuture<Integer> stage = stage(6);
        TaskFuture<Integer> future = session().adopt(key("cancelled"), stage);

        assertThat(future.cancel()).isEqualTo(!isSequential());

        assertThat(end(future).type()).isEqualTo(isSequential() ? StateType.COMPLETED : StateType.CANCELLED);
        await().atMost(PATIENCE).until(stage::isDone);
        assertThat(stage.isCancelled()).isEqualTo(!isSequential());
    }

    @Test
    default void knownKeyKeepsItsStateAndLeavesTheStageAlone() {
        TaskFuture<Integer> known = session().submit(key("known"), () -> 1);
        CompletableFuture<Integer> stage = new CompletableFuture<>();

        TaskFuture<Integer> adopted = session().adopt(known.key(), stage);

        assertThat(end(adopted).result()).isEqualTo(1);
        assertThat(stage.getNumberOfDependents()).isZero();
        assertThat(stage).isNotDone();
    }

    @Test
    default void keyOfAnotherSessionKeepsItsState() {
        String key = key("known");
        assertThat(end(session().adopt(key, CompletableFuture.completedFuture(1)))
                        .result())
                .isEqualTo(1);
        try (TaskSession other = runner().start()) {
            int expected = sharesKeysBetweenSessions() ? 1 : 2;

            assertThat(end(other.adopt(key, CompletableFuture.completedFuture(2)))
                            .result())
                    .isEqualTo(expected);
        }
    }

    @Test
    default void adoptedStagesTakeNoSlot() {
        try (TaskSession session = withSlots(1).start()) {
            CompletableFuture<Integer> stage = stage(1);
            List<TaskFuture<Integer>> adopted = IntStream.range(0, 8)
                    .mapToObj(number -> session.adopt(key("adopted"), stage))
                    .toList();

            assertThat(end(session.submit(key("task"), () -> 2)).result()).isEqualTo(2);

            stage.complete(1);
            assertThat(end(TaskFuture.all(adopted)).isCompleted()).isTrue();
        }
    }

    @Test
    default void valueThatHoldsAFutureIsRefused() {
        TaskFuture<Integer> one = session().submit(key("one"), () -> 1);

        State<List<TaskFuture<Integer>>> state =
                end(session().adopt(key("holder"), CompletableFuture.completedFuture(List.of(one))));

        assertThat(state.type()).isEqualTo(StateType.CRASHED);
        assertThat(state.describe()).contains("it holds the future of task '" + one.key() + "'");
    }

    @Test
    default void valueThatCannotBeCopiedIsCrashedWhereItIsCopied() {
        boolean copies = type() == ConcurrencyType.PARALLEL;

        State<Spoilt.Unserializable> state =
                end(session().adopt(key("spoilt"), CompletableFuture.completedFuture(new Spoilt.Unserializable())));

        assertThat(state.type()).isEqualTo(copies ? StateType.CRASHED : StateType.COMPLETED);
        assertThat(copies)
                .isEqualTo(state.failure().isPresent() && state.describe().contains("Unserializable"));
    }

    @Test
    default void threadThatEndsAStageSerializesNothing() {
        Written value = new Written();
        CompletableFuture<Written> stage = stage(value);
        TaskFuture<Written> future = session().adopt(key("written"), stage);

        stage.complete(value);

        assertThat(end(future).isCompleted()).isTrue();
        assertThat(value.writers.isEmpty()).isEqualTo(type() != ConcurrencyType.PARALLEL);
        assertThat(value.writers).doesNotContain(Thread.currentThread().getName());
    }

    @Test
    default void closeWaitsForAdoptedStages() throws Exception {
        TaskSession session = runner().start();
        CompletableFuture<Integer> stage = stage(1);
        TaskFuture<Integer> future = session.adopt(key("adopted"), stage);
        Background.Running<Boolean> closing = Background.call(() -> {
            session.close();
            return true;
        });
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThatIllegalStateException().isThrownBy(() -> session.adopt(key("late"), stage)));
        assertThat(future.isDone()).isEqualTo(isSequential());

        stage.complete(1);

        assertThat(closing.result().get()).isTrue();
        assertThat(future.state().map(State::result)).contains(1);
    }

    @Test
    default void closeWithATimeoutCancelsAdoptedStages() {
        TaskSession session = runner().start();
        CompletableFuture<Integer> stage = stage(1);
        TaskFuture<Integer> future = session.adopt(key("adopted"), stage);

        session.close(Duration.ZERO);

        assertThat(future.state().map(State::type))
                .contains(isSequential() ? StateType.COMPLETED : StateType.CANCELLED);
        assertThat(stage.isCancelled()).isEqualTo(!isSequential());
    }

    @Test
    default void codeOfTheJdkIsSubmittedByAReferenceToItsMethod() {
        Callable<Integer> callable = (Callable<Integer> & Serializable) () -> 1;
        Supplier<Integer> supplier = (Supplier<Integer> & Serializable) () -> 2;
        Runnable runnable = (Runnable & Serializable) () -> {};

        assertThat(end(session().submit(key("callable"), callable::call)).result())
                .isEqualTo(1);
        assertThat(end(session().submit(key("supplier"), supplier::get)).result())
                .isEqualTo(2);
        assertThat(end(session().submitAction(key("runnable"), runnable::run)).isCompleted())
                .isTrue();
    }

    /** A value that notes which threads serialize it. */
    final class Written implements Serializable {
        private static final long serialVersionUID = 1L;

        private final transient List<String> writers = new CopyOnWriteArrayList<>();

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            writers.add(Thread.currentThread().getName());
        }
    }
}
