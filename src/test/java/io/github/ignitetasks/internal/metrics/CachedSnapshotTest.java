package io.github.ignitetasks.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionSnapshot;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.support.NoKeys;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests when a snapshot of a session is taken, and by which thread. */
final class CachedSnapshotTest {
    private final Observed session = new Observed();

    /** A session whose snapshots take until they are let go, or interrupted. */
    private static final class Observed implements ObservedSession, NoKeys {
        private final CountDownLatch go = new CountDownLatch(1);
        private final AtomicInteger snapshots = new AtomicInteger();
        private volatile Thread refresher = Thread.currentThread();
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
        public SessionSnapshot snapshot() {
            refresher = Thread.currentThread();
            snapshots.incrementAndGet();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new SessionSnapshot(Map.of(), List.of());
        }
    }

    @Test
    void readerGetsNothingWhileTheFirstSnapshotIsTaken() {
        try (CachedSnapshot cached = new CachedSnapshot(session, Duration.ZERO)) {
            assertThat(cached.get()).isEmpty();
            await().atMost(Deadlines.PATIENCE).until(() -> session.snapshots.get() == 1);
            assertThat(cached.get()).isEmpty();

            assertThat(session.refresher).isNotSameAs(Thread.currentThread());
            assertThat(session.refresher.getName()).isEqualTo("test-1-metrics");
            assertThat(session.snapshots).hasValue(1);
            session.go.countDown();
            await().atMost(Deadlines.PATIENCE).until(() -> cached.get().isPresent());
        }
    }

    @Test
    void youngSnapshotIsUsedAgain() {
        session.go.countDown();
        try (CachedSnapshot cached = new CachedSnapshot(session, Duration.ofDays(1))) {
            await().atMost(Deadlines.PATIENCE).until(() -> cached.get().isPresent());
            await().atMost(Deadlines.PATIENCE).until(() -> !session.refresher.isAlive());
            assertThat(cached.get()).isPresent();
            assertThat(session.snapshots).hasValue(1);
        }
    }

    @Test
    void closeEndsTheThreadThatTakesASnapshot() {
        CachedSnapshot cached = new CachedSnapshot(session, Duration.ZERO);
        assertThat(cached.get()).isEmpty();
        await().atMost(Deadlines.PATIENCE).until(() -> session.snapshots.get() == 1);

        cached.close();

        assertThat(session.refresher.isAlive()).isFalse();
        cached.get();
        assertThat(session.snapshots).hasValue(1);
    }

    @Test
    void gaugeOfASessionThatLostItsGridIsZero() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        SessionMeters meters =
                new SessionMeters(new MeterGroup(registry, Tags.empty()), new CachedSnapshot(session, Duration.ZERO));
        session.go.countDown();
        assertThat(registry.get("ignite.tasks.connected").gauge().value()).isEqualTo(1);

        session.connected = false;

        assertThat(registry.get("ignite.tasks.connected").gauge().value()).isZero();
        meters.closed();
    }
}
