package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.CallOptions;
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

/** A key is the identity of a call: it runs once. */
interface KeyContract extends Contract {

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
            if (sharesKeysBetweenSessions()) {
                assertThat(hereState).isEqualTo(thereState);
            }
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
}
