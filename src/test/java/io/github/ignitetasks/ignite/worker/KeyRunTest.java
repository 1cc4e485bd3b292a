package io.github.ignitetasks.ignite.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.worker.CallRun;
import io.github.ignitetasks.worker.Place;
import io.github.ignitetasks.worker.Timer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class KeyRunTest {
    private final Guest one = new Guest(UUID.randomUUID(), UUID.randomUUID(), 0, Duration.ofHours(1));
    private final UUID other = UUID.randomUUID();
    private final KeyRun run = new KeyRun(
            new WireCall("key", CallOptions.none(), List.of(), List.of(), false, new byte[0], List.of(), null),
            KeyRunTest.class.getClassLoader(),
            one);

    @Test
    void sessionThatLeavesAfterTheEndIsToldThatLikeTheOthers() {
        assertThat(run.join(other)).isTrue();
        assertThat(run.end()).containsExactlyInAnyOrder(one.id(), other);

        assertThat(run.leave(other)).isFalse();
    }

    @Test
    void secondCancelOfOneSessionDoesNotUndoTheCancelOfTheLast() {
        assertThat(run.join(other)).isTrue();
        assertThat(run.leave(other)).isTrue();
        assertThat(run.cancel(one.id())).isNull();

        assertThat(run.cancel(other)).isNull();

        try (Timer timer = new Timer("test")) {
            assertThat(run.start(call(timer))).isFalse();
        }
    }

    @Test
    void keyWhoseOnlySessionLeavesBeforeItStartsIsDropped() {
        assertThat(run.forget(one.id())).isTrue();

        try (Timer timer = new Timer("test")) {
            assertThat(run.start(call(timer))).isFalse();
            assertThat(run.drop()).isTrue();
        }
        assertThat(run.end()).isEmpty();
    }

    @Test
    void keyThatAnotherHasJoinedIsTakenBackForItWhenItsSessionLeaves() {
        assertThat(run.join(other)).isTrue();
        try (Timer timer = new Timer("test")) {
            assertThat(run.start(call(timer))).isTrue();

            assertThat(run.forget(one.id())).isTrue();

            assertThat(run.drop()).isTrue();
        }
        assertThat(run.end()).containsExactly(other);
    }

    @Test
    void keyGoesOnWhenOneThatHasJoinedLeaves() {
        assertThat(run.join(other)).isTrue();

        assertThat(run.forget(other)).isFalse();

        assertThat(run.drop()).isFalse();
        assertThat(run.end()).containsExactly(one.id());
    }

    @Test
    void keyThatRunsIsNotDropped() {
        try (Timer timer = new Timer("test")) {
            CallRun<?> calls = call(timer);
            assertThat(run.start(calls)).isTrue();
            calls.runHere();

            assertThat(run.forget(one.id())).isTrue();

            assertThat(run.drop()).isFalse();
        }
    }

    private static CallRun<?> call(Timer timer) {
        return new CallRun<>("key", CallOptions.none(), () -> () -> 1, new Place("here", timer), state -> {});
    }
}
