package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Contract of interrupts: an interrupt reaches the interrupted thread, and no other. */
interface InterruptContract extends Contract {

    /** Makes an exception inside the call that throws it. */
    interface Thrower extends Serializable {
        Exception make();
    }

    @Test
    default void taskThatThrowsAnExceptionOfAnInterruptFailsAndInterruptsNobody() {
        List<Thrower> throwers = List.of(
                () -> new InterruptedException("its own"),
                () -> new TaskInterruptedException("its own", new InterruptedException("its own")),
                InterruptedIOException::new,
                ClosedByInterruptException::new);
        for (Thrower thrower : throwers) {
            TaskFuture<Integer> future = session().submit(key("throws"), () -> {
                throw thrower.make();
            });

            assertThat(Thread.interrupted()).as("the submitter's flag").isFalse();
            assertThat(end(future).type()).isEqualTo(StateType.FAILED);
            assertThat(end(session()
                                    .submit(
                                            key("next"),
                                            () -> Thread.currentThread().isInterrupted()))
                            .result())
                    .isFalse();
        }
    }

    @Test
    default void taskThatThrowsAnInterruptedExceptionIsRetriedLikeAnyOther() {
        Tally runs = tally();

        State<Boolean> state = end(session()
                .submit(
                        key("throws"),
                        () -> {
                            runs.add();
                            if (runs.count() < 3) {
                                throw new InterruptedException("run " + runs.count());
                            }
                            return Thread.currentThread().isInterrupted();
                        },
                        CallOptions.none().withRetries(5, Duration.ZERO)));

        assertThat(state.result()).as("the flag of the last attempt").isFalse();
        assertThat(state.attempt()).isEqualTo(3);
        assertThat(Thread.interrupted()).as("the submitter's flag").isFalse();
    }

    @Test
    default void methodsThatNeedNotWaitWorkOnACallerThatIsInterrupted() throws Exception {
        Gate never = gate();
        TaskFuture<Integer> slow = running(session(), key("slow"), () -> {
            never.pass();
            return 1;
        });
        TaskFuture<Integer> ended = session().submit(key("ended"), () -> 2);
        end(ended);
        CompletableFuture<StateType> told = new CompletableFuture<>();
        Map<String, Supplier<Object>> methods = new LinkedHashMap<>();
        methods.put("state", slow::state);
        methods.put("isDone", slow::isDone);
        methods.put("key", slow::key);
        methods.put("state of what has ended", () -> ended.state().orElseThrow().result());
        methods.put("isDone of what has ended", ended::isDone);
        methods.put("cancel of what has ended", ended::cancel);
        methods.put("all", () -> TaskFuture.all(List.of(slow, ended)).isDone());
        methods.put("toCompletableFuture", () -> ended.toCompletableFuture().join());
        methods.put("whenDone", () -> {
            slow.whenDone(state -> told.complete(state.type()));
            return told.isDone();
        });
        methods.put("cancel", slow::cancel);

        Map<String, Object> answers = new LinkedHashMap<>();
        methods.forEach((name, method) -> {
            Thread.currentThread().interrupt();
            answers.put(name, method.get());
            assertThat(Thread.interrupted()).as("flag after " + name).isTrue();
        });

        assertThat(answers.values())
                .containsExactly(Optional.empty(), false, slow.key(), 2, true, false, false, 2, false, true);
        assertThat(told.get(PATIENCE.toSeconds(), SECONDS)).isEqualTo(StateType.CANCELLED);
    }

    @Test
    default void waitForWhatHasEndedReturnsToACallerThatIsInterruptedToo() {
        TaskFuture<Integer> ended = session().submit(key("ended"), () -> 1);
        end(ended);

        waits(ended).forEach((name, method) -> {
            Thread.currentThread().interrupt();
            assertThatCode(method).as(name).doesNotThrowAnyException();
            assertThat(Thread.interrupted()).as("flag after " + name).isTrue();
        });
    }

    @Test
    default void taskThatInterruptsItsOwnThreadLeavesTheNextAlone() {
        TaskCall<Integer> interruptsItself = () -> {
            Thread.currentThread().interrupt();
            return 1;
        };

        TaskFuture<Integer> future = session().submit(key("interrupts"), interruptsItself);

        assertThat(Thread.interrupted())
                .as("on the thread of its submitter, an interrupt is the submitter's")
                .isEqualTo(isSequential());
        assertThat(end(future).result()).isEqualTo(1);
        assertThat(end(session()
                                .submit(
                                        key("next"),
                                        () -> Thread.currentThread().isInterrupted()))
                        .result())
                .isFalse();
    }

    @Test
    default void submitterThatIsInterruptedSubmitsAndStaysInterrupted() {
        String key = key("one");
        String other = key("other");
        Thread.currentThread().interrupt();

        TaskFuture<Integer> future = session().submit(key, () -> 1);
        boolean afterSubmit = Thread.interrupted();
        Thread.currentThread().interrupt();
        session().trySubmit(key, () -> 1, CallOptions.none());
        TaskFuture<Integer> completed = session().complete(other, 2);
        boolean afterComplete = Thread.interrupted();

        assertThat(afterSubmit && afterComplete).as("the flag").isTrue();
        assertThat(end(future).result()).isEqualTo(1);
        assertThat(end(completed).result()).isEqualTo(2);
    }

    @Test
    default void callerThatIsInterruptedBeforeIsToldByEveryMethodThatWaits() throws Exception {
        Gate gate = gate();
        TaskFuture<Integer> slow = running(session(), key("slow"), () -> {
            gate.pass();
            return 1;
        });
        TaskFuture<Integer> ended = session().submit(key("ended"), () -> 1);
        end(ended);
        Map<String, ThrowingCallable> methods = waits(slow);
        methods.put("status", () -> session().status(key("unknown")));
        methods.put("release of a key", () -> session().release(key("unknown")));
        methods.put("release of a future", ended::release);
        methods.put("release of many", () -> TaskFuture.all(List.of(ended)).release());
        methods.put("start", () -> runner().start().close());

        methods.forEach((name, method) -> {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(TaskInterruptedException.class).as(name).isThrownBy(method);
            assertThat(Thread.interrupted()).as("flag after " + name).isTrue();
        });
        gate.open();
        assertThat(end(slow).result()).isEqualTo(1);
        assertThat(ended.release()).as("not released before").isTrue();
    }

    @Test
    default void callerThatIsInterruptedWhileItWaitsIsTold() throws Exception {
        Gate gate = gate();
        TaskFuture<Integer> slow = running(session(), key("slow"), () -> {
            gate.pass();
            return 1;
        });
        for (Map.Entry<String, ThrowingCallable> method : waits(slow).entrySet()) {
            Background.Running<Boolean> waiting = Background.call(() -> {
                assertThatExceptionOfType(TaskInterruptedException.class)
                        .as(method.getKey())
                        .isThrownBy(method.getValue());
                return Thread.currentThread().isInterrupted();
            });
            await().atMost(PATIENCE)
                    .until(() -> waiting.thread().getState() != Thread.State.RUNNABLE
                            || waiting.result().isDone());

            waiting.thread().interrupt();

            assertThat(waiting.result().get())
                    .as("flag after " + method.getKey())
                    .isTrue();
        }
        gate.open();
        assertThat(end(slow).result()).isEqualTo(1);
    }

    @Test
    default void closeOfACallerThatIsInterruptedBeforeCancelsAndLeavesTheFlag() throws Exception {
        Gate never = gate();
        TaskSession session = withSlots(2).start();
        TaskFuture<Integer> slow = running(session, key("slow"), () -> {
            never.pass();
            return 1;
        });

        Thread.currentThread().interrupt();
        session.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(end(slow).type()).isEqualTo(StateType.CANCELLED);
    }

    @Test
    default void closeWithATimeoutOfACallerThatIsInterruptedBeforeDoesNotWaitThatLong() throws Exception {
        Gate never = gate();
        TaskSession session = withSlots(2).start();
        TaskFuture<Integer> slow = running(session, key("slow"), () -> {
            never.pass();
            return 1;
        });

        Thread.currentThread().interrupt();
        session.close(CallOptions.FOREVER);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(end(slow).type()).isEqualTo(StateType.CANCELLED);
    }

    /** Returns the methods that wait for a future, by name. */
    private Map<String, ThrowingCallable> waits(TaskFuture<Integer> slow) {
        Map<String, ThrowingCallable> methods = new LinkedHashMap<>();
        methods.put("await", () -> slow.await(PATIENCE));
        methods.put("result", () -> slow.result(PATIENCE));
        methods.put("result without a timeout", slow::result);
        methods.put("await by key", () -> session().await(slow.key(), PATIENCE));
        methods.put("await of all", () -> TaskFuture.all(List.of(slow)).await(PATIENCE));
        methods.put("result of all", () -> TaskFuture.all(List.of(slow)).result());
        methods.put("waitAll", () -> TaskFutures.waitAll(List.of(slow), PATIENCE));
        methods.put("waitAny", () -> TaskFutures.waitAny(List.of(slow), PATIENCE));
        methods.put("await without a timeout", slow::await);
        methods.put(
                "asCompleted",
                () -> TaskFutures.asCompleted(List.of(slow), PATIENCE)
                        .iterator()
                        .next());
        return methods;
    }
}
