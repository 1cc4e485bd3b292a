package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.execution.NamedThreads;
import io.github.ignitetasks.internal.execution.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a session's connection to its grid, with the calls held while the grid is lost. A session loses its grid
 * when its client node is cut off, or when the grid restarts. It also does when no server of the grid has this library.
 *
 * <p>Ignite reconnects the node under another id. Then the session sends all held calls again; the grid's records and
 * running calls decide how each goes on. If the grid stays away longer than the bound, held calls end Crashed, as do
 * new ones until the grid is back. Once the node has stopped, all calls end Crashed.
 *
 * <p>Safe to share between threads; methods block only where their Javadoc says that they wait.
 */
public final class ConnectionState implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionState.class);

    private enum Phase {
        NONE,
        WAITING,
        GIVEN_UP,
        STOPPED
    }

    private final String session;
    private final GridAccess grid;
    private final CallRouter router;
    private final Timer timer;
    private final Duration patience;
    private final boolean client;
    private final ThreadFactory threads;

    private final NodeMonitor monitor;

    /** Written under this, so that no call is held after holding has ended; read without a lock. */
    private volatile Phase phase = Phase.NONE;

    private final AtomicInteger failures = new AtomicInteger(); // to reconnect, since the grid was lost
    private int number; // guarded by this
    private String reason = ""; // why calls end Crashed; guarded by this
    private long since; // guarded by this
    private List<OrphanedCall> held = new ArrayList<>(); // guarded by this

    /** Makes the state, and starts to listen to the session's node. */
    ConnectionState(String session, GridAccess grid, CallRouter router, Timer timer) {
        this.session = session;
        this.grid = grid;
        this.router = router;
        this.timer = timer;
        Ignite ignite = grid.ignite();
        this.patience = Duration.ofMillis(ignite.configuration().getClientFailureDetectionTimeout())
                .plus(ClientTimings.RECONNECT_GRACE);
        this.client = ignite.cluster().localNode().isClient();
        this.threads = new NamedThreads(session + "-reconnect");
        this.monitor = new NodeMonitor(session, ignite, timer, this::begin, this::onStopped);
    }

    /** Returns whether a problem means that the session's client node lost its grid, or lost it and is back. */
    boolean isCauseOf(RuntimeException problem) {
        return client && IgniteErrors.isClientDisconnected(problem);
    }

    /** Returns whether the session has no grid. */
    boolean isOn() {
        return phase != Phase.NONE;
    }

    /** Notes that the node has lost its grid. */
    void begin() {
        begin("the session's client node lost its grid, and did not reconnect");
    }

    /** Notes that no server of the grid has this library now. */
    void beginWithoutServers() {
        begin("no server of the grid has this library any more, and none joined");
    }

    private void begin(String what) {
        int mine;
        synchronized (this) {
            if (phase != Phase.NONE) {
                return;
            }
            phase = Phase.WAITING;
            reason = what + " within " + patience + " (clientFailureDetectionTimeout and "
                    + ClientTimings.RECONNECT_GRACE + ")";
            mine = ++number;
            failures.set(0);
            since = System.nanoTime();
        }
        LOG.warn("{}: lost its grid; tasks wait up to {} for it to come back", session, patience);
        timer.after(patience, () -> giveUp(mine));
        router.dispatcher().takeAll().forEach(this::hold);
        awaitReconnect();
    }

    /** Holds a call while there is no grid, or crashes it once waiting is over; returns false if there is a grid. */
    boolean takes(PreparedGridCall<?> preparedCall) {
        return isOn() && takes(OrphanedCall.waiting(preparedCall));
    }

    /** Holds a call that was in flight; if the grid is back by now, the session sends the call again. */
    void hold(OrphanedCall left) {
        PreparedGridCall<?> call = left.preparedCall();
        Optional<PreparedGridCall<?>> next = call.future().takeBack(call);
        if (next.isEmpty()) {
            return;
        }
        boolean isWithdrawn = next.get().request().skipped(); // it is a state now, whoever had the call
        OrphanedCall kept = isWithdrawn ? OrphanedCall.waiting(next.get()) : left;
        if (!takes(kept)) {
            router.sendLater(kept.afterDeath());
        }
    }

    private boolean takes(OrphanedCall left) {
        synchronized (this) {
            if (phase == Phase.NONE) {
                return false;
            }
            if (phase == Phase.WAITING) {
                held.add(left);
                return true;
            }
        }
        crash(left);
        return true;
    }

    private void crash(OrphanedCall left) {
        String why;
        synchronized (this) {
            why = phase == Phase.STOPPED ? "the session's Ignite node has stopped" : reason;
        }
        router.crash(left.preparedCall().future(), new IllegalStateException(why));
    }

    private void giveUp(int connectionState) {
        List<OrphanedCall> all;
        synchronized (this) {
            if (phase != Phase.WAITING || number != connectionState) {
                return;
            }
            phase = Phase.GIVEN_UP;
            all = takeHeld();
        }
        LOG.warn("{}: no grid after {}; {} tasks end Crashed", session, patience, all.size());
        all.forEach(this::crash);
    }

    /** Crashes the held calls, because only a restart of its servers would make the grid fit to run them. */
    private void onUnfit(MissingLibraryException problem) {
        List<OrphanedCall> all;
        synchronized (this) {
            reason = String.valueOf(problem.getMessage());
            if (phase != Phase.WAITING) {
                return;
            }
            phase = Phase.GIVEN_UP;
            all = takeHeld();
        }
        LOG.warn("{}: {}; {} tasks end Crashed", session, problem.getMessage(), all.size());
        all.forEach(this::crash);
    }

    /** Notes why calls end Crashed if no server joins that the session can use. */
    private synchronized void onOtherVersions(VersionMismatchException problem) {
        reason = String.valueOf(problem.getMessage());
    }

    private void onStopped() {
        List<OrphanedCall> all;
        synchronized (this) {
            if (phase == Phase.STOPPED) {
                return; // handled before, or the session is over
            }
            phase = Phase.STOPPED;
            all = takeHeld();
        }
        all.addAll(router.dispatcher().takeAll());
        if (!all.isEmpty()) {
            LOG.warn("{}: its node has stopped; {} tasks end Crashed", session, all.size());
        }
        all.forEach(this::crash);
    }

    /** Takes the held calls, and wakes the threads that wait for the grid. */
    private List<OrphanedCall> takeHeld() {
        notifyAll();
        List<OrphanedCall> all = held;
        held = new ArrayList<>();
        return all;
    }

    @SuppressWarnings("serial") // Ignite never serializes this listener
    private void awaitReconnect() {
        try {
            IgniteFuture<?> back = grid.ignite().cluster().clientReconnectFuture();
            if (back != null) {
                back.listenAsync(
                        done -> reconnect(), work -> threads.newThread(work).start());
            } else { // the node lost all servers that have the library, or does not know yet that it lost the grid
                threads.newThread(this::reconnect).start();
            }
            return;
        } catch (RuntimeException e) {
            LOG.debug("{} cannot wait for its grid", session, e);
        }
        timer.after(ClientTimings.RECONNECT.delayAfter(failures.incrementAndGet()), this::awaitReconnect);
    }

    /** Looks up the grid again for the session. Blocks on the grid, on a thread of its own. */
    private void reconnect() {
        try {
            grid.connect();
        } catch (RuntimeException e) {
            LOG.debug("{} is not connected yet", session, e);
            if (e instanceof MissingLibraryException missing) {
                onUnfit(missing);
            } else if (e instanceof VersionMismatchException mismatch) {
                onOtherVersions(mismatch);
            }
            if (phase != Phase.STOPPED) {
                timer.after(ClientTimings.RECONNECT.delayAfter(failures.incrementAndGet()), this::awaitReconnect);
            }
            return;
        }
        end();
    }

    private void end() {
        router.dispatcher().takeAll().forEach(this::hold); // calls sent by threads that did not know yet
        List<OrphanedCall> all;
        synchronized (this) {
            if (phase == Phase.STOPPED) {
                return;
            }
            all = takeHeld();
            phase = Phase.NONE;
        }
        LOG.info("{}: reconnected; {} tasks are sent again", session, all.size());
        router.meetServers();
        for (OrphanedCall left : all) {
            boolean died =
                    left.link().filter(link -> !grid.isAlive(link.node().id())).isPresent();
            router.send(died ? left.afterDeath() : left.preparedCall());
        }
    }

    /** Returns how many calls wait for the grid. */
    synchronized int calls() {
        return held.size();
    }

    /** Returns the calls that wait for the grid. */
    synchronized PendingCalls pendingCalls() {
        return new PendingCalls(
                "wait for the grid, which is lost",
                held.stream()
                        .map(left -> new PendingCalls.Call(
                                left.preparedCall().request().key(), since))
                        .toList());
    }

    /** Waits while the session waits for the grid. */
    synchronized void awaitEnd() throws InterruptedException {
        while (phase == Phase.WAITING) {
            wait(); // bounded: every end of the phase notifies
        }
    }

    /** Wakes waiting threads; the session is over. */
    @Override
    public void close() {
        synchronized (this) {
            phase = Phase.STOPPED;
            notifyAll();
        }
        monitor.close();
    }
}
