package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** Contract of keys: a key identifies a call, and the call runs once. */
interface KeyContract extends Contract {

    @Test
    default void keyIsFoundByItsNameOnceItWasSubmitted() {
        String key = key("found");
        assertThat(session().<Integer>find(key)).isEmpty();

        TaskFuture<Integer> submitted = session().submit(key, () -> 7);

        TaskFuture<Integer> found = session().<Integer>find(key).orElseThrow();
        assertThat(found).isSameAs(submitted);
        assertThat(found.result(PATIENCE)).isEqualTo(7);
    }

    @Test
    default void futureTellsItsKey() {
        String key = key("one");

        assertThat(session().submit(key, () -> 1).key()).isEqualTo(key);
    }

    @Test
    default void keyThatWasNeverSubmittedIsRefusedByName() {
        String key = key("unknown");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> session().await(key, GLIMPSE))
                .withMessageContaining(key)
                .withMessageContaining("never submitted");
    }

    @Test
    default void statusOfAKeyThatNobodySubmittedIsUnknown() {
        assertThat(session().status(key("unknown"))).isEqualTo(KeyStatus.UNKNOWN);
    }

    @Test
    default void statusTellsHowAKeyEnded() {
        TaskFuture<Integer> good = session().submit(key("good"), () -> 1);
        TaskFuture<Integer> bad = session().submit(key("bad"), () -> {
            throw new IllegalStateException("bad");
        });
        good.await(PATIENCE);
        bad.await(PATIENCE);

        assertThat(session().status(good.key())).isEqualTo(KeyStatus.COMPLETED);
        assertThat(session().status(bad.key())).isEqualTo(KeyStatus.NOT_COMPLETED);
    }

    @Test
    default void statusOfAKeyThatRunsIsRunning() throws InterruptedException {
        Gate gate = gate();
        TaskFuture<Integer> future = running(session(), key("slow"), () -> {
            gate.pass();
            return 1;
        });

        assertThat(session().status(future.key())).isEqualTo(KeyStatus.RUNNING);

        gate.open();
    }

    @Test
    default void statusOfAKeyOfAnotherSessionIsKnownWhereKeysAreShared() throws InterruptedException {
        Gate gate = gate();
        TaskFuture<Integer> slow = running(session(), key("slow"), () -> {
            gate.pass();
            return 1;
        });

        try (TaskSession other = runner().start()) {
            KeyStatus whileItRuns = other.status(slow.key());
            gate.open();
            slow.await(PATIENCE);
            KeyStatus afterThat = other.status(slow.key());

            boolean shared = sharesKeysBetweenSessions();
            assertThat(whileItRuns).isEqualTo(shared ? KeyStatus.RUNNING : KeyStatus.UNKNOWN);
            assertThat(afterThat).isEqualTo(shared ? KeyStatus.COMPLETED : KeyStatus.UNKNOWN);
        }
    }

    @Test
    default void keyThatIsCompletedByItsResultHasThatAndRunsNothing() {
        String key = key("given");
        Tally runs = tally();

        TaskFuture<Integer> given = session().complete(key, 5);

        assertThat(given.result(PATIENCE)).isEqualTo(5);
        assertThat(session().submit(key, () -> {
                    runs.add();
                    return 6;
                }))
                .isSameAs(given);
        assertThat(runs.count()).isZero();
    }

    @Test
    default void keyThatIsKnownKeepsItsResult() {
        TaskFuture<Integer> first = session().submit(key("taken"), () -> 1);

        assertThat(session().complete(first.key(), 2).result(PATIENCE)).isEqualTo(1);
    }

    @Test
    default void blankKeyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session().submit(" ", () -> 1))
                .withMessageContaining("key")
                .withMessageContaining("' '");
    }

    @Test
    default void keyThatIsTooLongIsRefusedWithItsLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session().submit("k".repeat(1_025), () -> 1))
                .withMessageContaining("1025");
    }

    @Test
    default void longestKeyIsAccepted() {
        String start = key("long");
        String key = start + "k".repeat(1_024 - start.length());

        assertThat(session().submit(key, () -> 1).result(PATIENCE)).isEqualTo(1);
    }

    @Test
    default void keySubmittedTwiceGivesTheSameFutureAndRunsOnce() {
        Tally runs = tally();
        String key = key("once");
        TaskCall<Integer> call = () -> {
            runs.add();
            return 1;
        };

        TaskFuture<Integer> first = session().submit(key, call);
        TaskFuture<Integer> second = session().submit(key, call);

        assertThat(second).isSameAs(first);
        assertThat(second.result(PATIENCE)).isEqualTo(1);
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    default void laterCallUnderAKeyIsNotLookedAt() {
        String key = key("once");
        session().submit(key, () -> "first").result(PATIENCE);

        assertThat(session().submit(key, () -> "second").result(PATIENCE)).isEqualTo("first");
    }

    @Test
    default void keySubmittedByManyThreadsAtOnceRunsOnce() throws Exception {
        Tally runs = tally();
        String key = key("once");
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Background.Running<TaskFuture<Integer>>> submitters = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            submitters.add(Background.call(() -> {
                together.await();
                return session().submit(key, () -> {
                    runs.add();
                    return 1;
                });
            }));
        }

        for (Background.Running<TaskFuture<Integer>> submitter : submitters) {
            assertThat(submitter.result().get().result(PATIENCE)).isEqualTo(1);
        }
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    default void keySubmittedToTwoSessionsRunsOnceWhereTheyShareKeys() {
        Tally runs = tally();
        String key = key("shared");
        TaskCall<Integer> call = () -> {
            runs.add();
            return 1;
        };

        try (TaskSession other = runner().start()) {
            assertThat(session().submit(key, call).result(PATIENCE)).isEqualTo(1);
            assertThat(other.submit(key, call).result(PATIENCE)).isEqualTo(1);
        }

        assertThat(runs.count()).isEqualTo(sharesKeysBetweenSessions() ? 1 : 2);
    }

    @Test
    default void keySubmittedToTwoSessionsAtOnceEndsInEqualStatesWhereTheyShareKeys() {
        Tally runs = tally();
        Gate gate = gateOpenIfSequential();
        String key = key("shared");
        TaskCall<Integer> call = () -> {
            runs.add();
            gate.pass();
            return 1;
        };

        try (TaskSession other = runner().start()) {
            TaskFuture<Integer> here = session().submit(key, call);
            TaskFuture<Integer> there = other.submit(key, call);
            gate.open();
            State<Integer> hereState = Contract.end(here);
            State<Integer> thereState = Contract.end(there);

            assertThat(hereState.result()).isEqualTo(thereState.result());
            assertThat(hereState)
                    .matches(state -> state.equals(thereState) || !sharesKeysBetweenSessions(), "the same, if shared");
        }
        assertThat(runs.count()).isEqualTo(sharesKeysBetweenSessions() ? 1 : 2);
    }

    @Test
    default void callThatIsTriedRunsWhereThereIsRoom() {
        String key = key("tried");
        TaskFuture<Integer> first =
                session().trySubmit(key, () -> 1, CallOptions.none()).orElseThrow();

        assertThat(first.result(PATIENCE)).isEqualTo(1);
        assertThat(session().trySubmit(key, () -> 2, CallOptions.none())).containsSame(first);
    }

    @Test
    default void keyThatIsNoPlainTextIsRefusedByItsCharacter() {
        for (String odd : List.of("\n", "\r\n", "\u001b[2K", String.valueOf((char) 0xD800))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session().submit("key" + odd + "INFO all is well", () -> 1))
                    .withMessageStartingWith("key cannot have U+")
                    .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain(odd));
        }
    }
}
