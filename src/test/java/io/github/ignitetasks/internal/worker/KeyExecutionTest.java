package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.execution.CallExecution;
import io.github.ignitetasks.internal.execution.NodeContext;
import io.github.ignitetasks.internal.execution.Timer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class KeyExecutionTest {
    private final ClientSession one =
            new ClientSession(UUID.randomUUID(), UUID.randomUUID(), new SessionSettings(0, Duration.ofHours(1), 1));
    private final UUID other = UUID.randomUUID();
    private final KeyExecution run = new KeyExecution(
            new CallRequest("key", CallOptions.none(), List.of(), List.of(), false, new byte[0], List.of(), null),
            KeyExecutionTest.class.getClassLoader(),
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
            CallExecution<?> calls = call(timer);
            assertThat(run.start(calls)).isTrue();
            calls.runHere();

            assertThat(run.forget(one.id())).isTrue();

            assertThat(run.drop()).isFalse();
        }
    }

    private static CallExecution<?> call(Timer timer) {
        return new CallExecution<>(
                "key",
                CallOptions.none(),
                () -> () -> 1,
                new NodeContext("here", timer, new EventStream()),
                state -> {});
    }
}
