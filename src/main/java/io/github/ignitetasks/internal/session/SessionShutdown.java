package io.github.ignitetasks.internal.session;

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
 * The end of a session that is open when the JVM ends. A shutdown gives its calls a grace period and then ends them. The
 * end of {@code main} closes the session as its owner would: its calls run to their end.
 *
 * <p>A shutdown hook of the application that closes the session decides by itself how long it waits.
 */
final class SessionShutdown implements OpenResource {
    private static final Logger LOG = LoggerFactory.getLogger(SessionShutdown.class);

    /** The system property with the grace period in seconds. */
    private static final String GRACE_PROPERTY = "ignitetasks.shutdownGrace";

    /** Less than the 10 s after which container runtimes kill a process, with room for the nodes to stop. */
    private static final long GRACE_SECONDS = 5;

    /** How long other shutdown hooks have to begin to close the session, whatever the grace period is. */
    private static final Duration LEAST_WAIT = Duration.ofMillis(500);

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(10);

    private final KeyedSession session;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Registration registration = () -> {};

    /** Set when a thread closes the session within the shutdown of the JVM. */
    private volatile boolean closedByHook;

    private volatile boolean overdue;

    SessionShutdown(KeyedSession session) {
        this.session = session;
    }

    void register() {
        registration = JvmLifecycle.register(Stage.SESSIONS, this);
    }

    /** Called when a thread begins to close the session. */
    void onClosing() {
        closedByHook = JvmLifecycle.isShuttingDown();
    }

    void onClosed() {
        closed.countDown();
        registration.remove();
    }

    /** Returns whether the calls have had their grace period in a shutdown. */
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

    /** Waits until no call is left, the session has closed or a hook closes it, or the time is over. */
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
            session.endRest(); // another thread closes it, and waits for its calls
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
        session.close();
        try {
            closed.await(); // another thread may close it
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
        return "session " + session.name();
    }
}
