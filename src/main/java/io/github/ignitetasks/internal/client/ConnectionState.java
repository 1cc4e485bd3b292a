package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.execution.NamedThreads;
import io.github.ignitetasks.internal.execution.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteClientDisconnectedException;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.IgnitionListener;
import org.apache.ignite.events.Event;
import org.apache.ignite.events.EventType;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.lang.IgnitePredicate;
import org.jspecify.annotations.Nullable;
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

    /** How long the grid may be away, beyond the time after which it takes a silent client for dead. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration AGAIN = Duration.ofMillis(200);

    /**
     * How often it checks whether the node has stopped, because Ignite's shutdown hook stops a node without any event.
     */
    private static final Duration STOP_CHECK_INTERVAL = Duration.ofMillis(100);

    private enum Phase {
        NONE,
        WAITING,
        GIVEN_UP,
        STOPPED
    }

    private final GridSession session;
    private final Timer timer;
    private final Duration patience;
    private final boolean client;
    private final ThreadFactory threads;

    @SuppressWarnings("serial") // Ignite never serializes this listener
    private final IgnitePredicate<Event> disconnected = this::onDisconnected;

    private final IgnitionListener stopped = this::onNodeState;

    /** Written under this, so that no call is held after holding has ended; read without a lock. */
    private volatile Phase phase = Phase.NONE;

    private int number; // guarded by this
    private String reason = ""; // why calls end Crashed; guarded by this
    private long since; // guarded by this
    private List<OrphanedCall> held = new ArrayList<>(); // guarded by this

    /** Makes the state, and starts to listen to the session's node. */
    ConnectionState(GridSession session, String name, Timer timer) {
        this.session = session;
        this.timer = timer;
        Ignite ignite = session.ignite();
        this.patience = Duration.ofMillis(ignite.configuration().getClientFailureDetectionTimeout())
                .plus(GRACE);
        this.client = ignite.cluster().localNode().isClient();
        this.threads = new NamedThreads(name + "-reconnect");
        ignite.events().localListen(disconnected, EventType.EVT_CLIENT_NODE_DISCONNECTED);
        Ignition.addListener(stopped);
        checkNode();
    }

    private void checkNode() {
        if (phase == Phase.STOPPED) {
            return;
        }
        try {
            session.ignite().cluster().topologyVersion(); // any call that needs the node will do
        } catch (IgniteClientDisconnectedException e) {
            LOG.debug("{}: its node has lost the grid, and has not stopped", session.label(), e);
        } catch (IllegalStateException e) {
            LOG.debug("{}: its node has stopped", session.label(), e);
            onStopped();
            return;
        }
        timer.after(STOP_CHECK_INTERVAL, this::checkNode);
    }

    private boolean onDisconnected(Event event) {
        begin();
        return phase != Phase.STOPPED; // once the session has closed, the next event removes the listener
    }

    private void onNodeState(@Nullable String name, IgniteState state) {
        if (state != IgniteState.STARTED
                && Objects.equals(name, session.ignite().name())) {
            timer.after(Duration.ZERO, this::onStopped);
        }
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
            reason = what + " within " + patience + " (clientFailureDetectionTimeout and " + GRACE + ")";
            mine = ++number;
            since = System.nanoTime();
        }
        LOG.warn("{}: lost its grid; tasks wait up to {} for it to come back", session.label(), patience);
        timer.after(patience, () -> giveUp(mine));
        session.dispatch().takeAll().forEach(this::hold);
        awaitReconnect();
    }

    /** Holds a call while there is no grid, or crashes it once waiting is over; returns false if there is a grid. */
    boolean takes(PreparedGridCall<?> preparedCall) {
        return isOn() && takes(OrphanedCall.waiting(preparedCall));
    }

    /** Holds a call that was in flight; if the grid is back by now, the session sends the call again. */
    void hold(OrphanedCall left) {
        if (!takes(left)) {
            session.sendLater(left.preparedCall());
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
        session.crash(left.preparedCall().future(), new IllegalStateException(why));
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
        LOG.warn("{}: no grid after {}; {} tasks end Crashed", session.label(), patience, all.size());
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
        LOG.warn("{}: {}; {} tasks end Crashed", session.label(), problem.getMessage(), all.size());
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
        all.addAll(session.dispatch().takeAll());
        if (!all.isEmpty()) {
            LOG.warn("{}: its node has stopped; {} tasks end Crashed", session.label(), all.size());
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
            IgniteFuture<?> back = session.ignite().cluster().clientReconnectFuture();
            if (back != null) {
                back.listenAsync(
                        done -> reconnect(), work -> threads.newThread(work).start());
            } else { // the node lost all servers that have the library, or does not know yet that it lost the grid
                threads.newThread(this::reconnect).start();
            }
            return;
        } catch (RuntimeException e) {
            LOG.debug("{} cannot wait for its grid", session.label(), e);
        }
        timer.after(AGAIN, this::awaitReconnect);
    }

    /** Looks up the grid again for the session. Blocks on the grid, on a thread of its own. */
    private void reconnect() {
        try {
            session.connect();
        } catch (RuntimeException e) {
            LOG.debug("{} is not connected yet", session.label(), e);
            if (e instanceof MissingLibraryException missing) {
                onUnfit(missing);
            } else if (e instanceof VersionMismatchException mismatch) {
                onOtherVersions(mismatch);
            }
            if (phase != Phase.STOPPED) {
                timer.after(AGAIN, this::awaitReconnect);
            }
            return;
        }
        end();
    }

    private void end() {
        session.dispatch().takeAll().forEach(this::hold); // calls sent by threads that did not know yet
        List<OrphanedCall> all;
        synchronized (this) {
            if (phase == Phase.STOPPED) {
                return;
            }
            all = takeHeld();
            phase = Phase.NONE;
        }
        LOG.info("{}: reconnected; {} tasks are sent again", session.label(), all.size());
        session.meetServers();
        for (OrphanedCall left : all) {
            boolean died = left.link()
                    .filter(link -> !session.isAlive(link.node().id()))
                    .isPresent();
            session.send(died ? left.afterDeath() : left.preparedCall());
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
                        .map(left ->
                                new PendingCalls.Call(left.preparedCall().call().key(), since))
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
        Ignition.removeListener(stopped);
        synchronized (this) {
            phase = Phase.STOPPED;
            notifyAll();
        }
        session.ignite().events().stopLocalListen(disconnected, EventType.EVT_CLIENT_NODE_DISCONNECTED);
    }
}
