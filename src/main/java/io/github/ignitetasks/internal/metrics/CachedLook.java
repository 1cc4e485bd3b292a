package io.github.ignitetasks.internal.metrics;

import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionLook;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest look at a session and its nodes. A look may block, so readers get the look before, and a thread looks again
 * once that one is too old. Without readers nothing looks. Safe to share between threads.
 */
final class CachedLook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CachedLook.class);

    /** How long closing waits for a look that goes on; a look takes less. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final ObservedSession session;
    private final long maxAge;
    private volatile @Nullable Seen latest;
    private @Nullable Thread looking; // guarded by this
    private boolean closed; // guarded by this

    private record Seen(SessionLook look, long nanos) {}

    /** Makes the cache; {@code maxAge} is the age at which a reader starts the next look. */
    CachedLook(ObservedSession session, Duration maxAge) {
        this.session = session;
        this.maxAge = maxAge.toNanos();
    }

    /** Returns the session. */
    ObservedSession session() {
        return session;
    }

    /** Returns the latest look; empty before the first. Does not block. */
    Optional<SessionLook> get() {
        Seen now = latest;
        if (now == null || System.nanoTime() - now.nanos() >= maxAge) {
            look();
        }
        return Optional.ofNullable(now).map(Seen::look);
    }

    private synchronized void look() {
        if (closed || looking != null) {
            return;
        }
        Thread thread = new Thread(this::lookNow, session.name() + "-metrics");
        thread.setDaemon(true);
        thread.start();
        looking = thread;
    }

    private void lookNow() {
        try {
            SessionLook look = session.look();
            latest = new Seen(look, System.nanoTime());
        } catch (RuntimeException e) { // a look never fails
            LOG.warn("{}: the gauges keep their old values", session.name(), e);
        } finally {
            synchronized (this) {
                looking = null;
            }
        }
    }

    /** Ends the thread that looks, if there is one. */
    @Override
    public void close() {
        Thread thread;
        synchronized (this) {
            closed = true;
            thread = looking;
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
