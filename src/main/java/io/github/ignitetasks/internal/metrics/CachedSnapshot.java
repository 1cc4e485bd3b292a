package io.github.ignitetasks.internal.metrics;

import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionSnapshot;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest snapshot of a session and its nodes. Taking one may block, so readers get the latest, and a thread takes
 * the next once that one is too old. Without readers no snapshot is taken. Safe to share between threads.
 */
final class CachedSnapshot implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CachedSnapshot.class);

    /** How long closing waits for a snapshot that is being taken; taking one needs less. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final ObservedSession session;
    private final long maxAge;
    private volatile @Nullable Seen latest;
    private @Nullable Thread refresher; // guarded by this
    private boolean closed; // guarded by this

    private record Seen(SessionSnapshot snapshot, long nanos) {}

    /** Makes the cache; {@code maxAge} is the age at which a reader starts the next snapshot. */
    CachedSnapshot(ObservedSession session, Duration maxAge) {
        this.session = session;
        this.maxAge = maxAge.toNanos();
    }

    /** Returns the session. */
    ObservedSession session() {
        return session;
    }

    /** Returns the latest snapshot; empty before the first. Does not block. */
    Optional<SessionSnapshot> get() {
        Seen now = latest;
        if (now == null || System.nanoTime() - now.nanos() >= maxAge) {
            refresh();
        }
        return Optional.ofNullable(now).map(Seen::snapshot);
    }

    private synchronized void refresh() {
        if (closed || refresher != null) {
            return;
        }
        Thread thread = new Thread(this::takeSnapshot, session.name() + "-metrics");
        thread.setDaemon(true);
        thread.start();
        refresher = thread;
    }

    private void takeSnapshot() {
        try {
            SessionSnapshot snapshot = session.snapshot();
            latest = new Seen(snapshot, System.nanoTime());
        } catch (RuntimeException e) { // sessions do not fail here
            LOG.warn("{}: the gauges keep their old values", session.name(), e);
        } finally {
            synchronized (this) {
                refresher = null;
            }
        }
    }

    /** Ends the thread that takes a snapshot, if there is one. */
    @Override
    public void close() {
        Thread thread;
        synchronized (this) {
            closed = true;
            thread = refresher;
        }
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
