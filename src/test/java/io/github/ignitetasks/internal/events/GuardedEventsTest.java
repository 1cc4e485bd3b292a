package io.github.ignitetasks.internal.events;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.CapturedLog;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tests of sessions whose observer or log throws. */
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

    @Test
    void logThrows_taskEndsAndSessionCloses() {
        Logger logger = (Logger) LoggerFactory.getLogger("io.github.ignitetasks.internal");
        AppenderBase<ILoggingEvent> broken = new AppenderBase<>() {
            @Override
            public synchronized void doAppend(ILoggingEvent event) {
                throw new IllegalStateException("no space left on device");
            }

            @Override
            protected void append(ILoggingEvent event) {}
        };
        TaskSession session = ThreadPoolTaskRunner.create().start();
        logger.addAppender(broken);
        try {
            TaskFuture<Integer> fails = session.submit(
                    "fails", () -> Integer.parseInt("x"), CallOptions.none().withRetries(1, Duration.ZERO));

            assertThat(fails.await(Deadlines.PATIENCE).orElseThrow().type()).isEqualTo(StateType.FAILED);
        } finally {
            logger.detachAppender(broken);
        }
        session.close();
    }
}
