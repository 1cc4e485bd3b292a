package io.github.ignitetasks.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionObserver;
import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.CapturedLog;
import org.junit.jupiter.api.Test;

/** Tests of sessions whose observer throws. */
final class GuardedEventsTest {
    /** An observer that throws whenever it hears something of a task's way. */
    private static final class Throwing implements SessionObserver, TaskEvents {
        @Override
        public TaskEvents observe(ObservedSession session) {
            return this;
        }

        @Override
        public void submitted(SessionTask task) {
            throw new IllegalStateException("submitted");
        }

        @Override
        public void ended(SessionTask task, StateType type, long nanos) {
            throw new NoClassDefFoundError("ended");
        }

        @Override
        public void closed() {
            throw new IllegalStateException("closed");
        }
    }

    @Test
    void observerThrows_sessionRunsItsTasksAndCloses() {
        try (CapturedLog log = CapturedLog.of(GuardedEvents.class)) {
            TaskSession session =
                    ThreadPoolTaskRunner.create().withListener(new Throwing()).start();

            assertThat(session.submit("key-1", () -> 42).result()).isEqualTo(42);
            session.close();

            assertThat(log.messages()).singleElement().asString().contains("an observer threw");
        }
    }
}
