package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.internal.lifecycle.JvmLifecycle;
import io.github.ignitetasks.internal.lifecycle.JvmLifecycle.Registration;
import io.github.ignitetasks.internal.lifecycle.JvmLifecycle.Stage;
import io.github.ignitetasks.internal.lifecycle.OpenResource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The closing of a session that is still open when the JVM ends. A shutdown gives the session's calls a grace period
 * and then ends them. The end of {@code main} closes the session as its owner would: its calls run to their end.
 *
 * <p>If a shutdown hook of the application closes the session, that hook decides how long it waits.
 */
final class SessionShutdown implements OpenResource {
    private static final Logger LOG = LoggerFactory.getLogger(SessionShutdown.class);

    /** The system property that holds the grace period in seconds. */
    private static final String GRACE_PROPERTY = "ignitetasks.shutdownGrace";

    /** The default grace period. Container runtimes kill a process after 10 s, and nodes need some of that to stop. */
    private static final long GRACE_SECONDS = 5;

    /** The least time that other shutdown hooks get to begin closing the session, whatever the grace period is. */
    private static final Duration LEAST_WAIT = Duration.ofMillis(500);

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(10);

    private final SessionLifecycle session;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Registration registration = () -> {};

    /** Whether a thread began to close the session during the shutdown of the JVM. */
    private volatile boolean closedByHook;

    private volatile boolean overdue;

    SessionShutdown(SessionLifecycle session) {
        this.session = session;
    }

    void register() {
        registration = JvmLifecycle.register(Stage.SESSIONS, this);
    }

    /** Notes that a thread begins to close the session. */
    void onClosing() {
        closedByHook = JvmLifecycle.isShuttingDown();
    }

    void onClosed() {
        closed.countDown();
        registration.remove();
    }

    /** Returns whether the JVM shuts down and the grace period of the calls is over. */
    boolean isOverdue() {
        return overdue;
    }

    @Override
    public void onShutdown() {
        try {
            Duration wait = grace().compareTo(LEAST_WAIT) > 0 ? grace() : LEAST_WAIT;
            awaitIdle(System.nanoTime() + wait.toNanos());
            if (!closedByHook) {
                closeNow();
            }
            closed.await();
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts this thread", e);
        }
    }

    /** Waits until no call is left, the session has closed, a hook closes it, or the deadline passes. */
    private void awaitIdle(long deadline) throws InterruptedException {
        while (session.calls() > 0 && !closedByHook && System.nanoTime() - deadline < 0) {
            if (closed.await(CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private void closeNow() {
        int calls = session.calls();
        if (calls > 0) {
            LOG.warn("{}: the JVM shuts down, and {} tasks have not ended within {}", this, calls, grace());
        }
        overdue = true;
        session.close(Duration.ZERO);
        if (closed.getCount() > 0) {
            session.endRest(); // another thread is closing the session and waits for its calls
        }
    }

    private static Duration grace() {
        return Duration.ofSeconds(Math.max(0, Long.getLong(GRACE_PROPERTY, GRACE_SECONDS)));
    }

    @Override
    public void onMainEnded() {
        int calls = session.calls();
        LOG.warn(
                "{} was left open at the end of main; it is closed {}. Close it by try-with-resources",
                this,
                calls == 0 ? "now" : "once its " + calls + " tasks have ended");
        session.close(CallOptions.FOREVER);
        try {
            closed.await(); // another thread may be closing it
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts this thread", e);
        }
    }

    @Override
    public boolean owns(Thread thread) {
        return session.owns(thread);
    }

    @Override
    public String toString() {
        return session.toString();
    }
}
