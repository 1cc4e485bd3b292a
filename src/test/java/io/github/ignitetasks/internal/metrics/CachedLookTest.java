package io.github.ignitetasks.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionLook;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests when a session is looked at, and by whom. */
final class CachedLookTest {
    private final Observed session = new Observed();

    /** A session whose looks last until they are let go, or interrupted. */
    private static final class Observed implements ObservedSession {
        private final CountDownLatch go = new CountDownLatch(1);
        private final AtomicInteger looks = new AtomicInteger();
        private volatile Thread looking = Thread.currentThread();
        private volatile boolean connected = true;

        @Override
        public String name() {
            return "test-1";
        }

        @Override
        public String description() {
            return "nowhere";
        }

        @Override
        public boolean isConnected() {
            return connected;
        }

        @Override
        public TaskCounts counts() {
            return new TaskCounts();
        }

        @Override
        public SessionLook look() {
            looking = Thread.currentThread();
            looks.incrementAndGet();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new SessionLook(Map.of(), List.of());
        }

        @Override
        public Optional<String> stackOf(String key) {
            return Optional.empty();
        }

        @Override
        public KeyStatus status(String key) {
            return KeyStatus.UNKNOWN;
        }

        @Override
        public Optional<State<?>> state(String key) {
            return Optional.empty();
        }
    }

    @Test
    void readerGetsNothingWhileTheFirstLookGoesOn() {
        try (CachedLook look = new CachedLook(session, Duration.ZERO)) {
            assertThat(look.get()).isEmpty();
            await().atMost(Deadlines.PATIENCE).until(() -> session.looks.get() == 1);
            assertThat(look.get()).isEmpty();

            assertThat(session.looking).isNotSameAs(Thread.currentThread());
            assertThat(session.looking.getName()).isEqualTo("test-1-metrics");
            assertThat(session.looks).hasValue(1);
            session.go.countDown();
            await().atMost(Deadlines.PATIENCE).until(() -> look.get().isPresent());
        }
    }

    @Test
    void youngLookIsUsedAgain() {
        session.go.countDown();
        try (CachedLook look = new CachedLook(session, Duration.ofDays(1))) {
            await().atMost(Deadlines.PATIENCE).until(() -> look.get().isPresent());
            await().atMost(Deadlines.PATIENCE).until(() -> !session.looking.isAlive());
            assertThat(look.get()).isPresent();
            assertThat(session.looks).hasValue(1);
        }
    }

    @Test
    void closeEndsTheThreadThatLooks() {
        CachedLook look = new CachedLook(session, Duration.ZERO);
        assertThat(look.get()).isEmpty();
        await().atMost(Deadlines.PATIENCE).until(() -> session.looks.get() == 1);

        look.close();

        assertThat(session.looking.isAlive()).isFalse();
        look.get();
        assertThat(session.looks).hasValue(1);
    }

    @Test
    void gaugeOfASessionThatLostItsGridIsZero() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        SessionMeters meters =
                new SessionMeters(new MeterGroup(registry, Tags.empty()), new CachedLook(session, Duration.ZERO));
        session.go.countDown();
        assertThat(registry.get("ignite.tasks.connected").gauge().value()).isEqualTo(1);

        session.connected = false;

        assertThat(registry.get("ignite.tasks.connected").gauge().value()).isZero();
        meters.closed();
    }
}
