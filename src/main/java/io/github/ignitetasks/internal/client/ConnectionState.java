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
 * The time in which a session has no grid: its node is a client that was cut off, or whose grid restarts, or no server of
 * the grid has this library. Calls are held meanwhile. Ignite reconnects the node, under another id. Then all calls are
 * sent again, as the grid's records and what runs there decide what that means for each. Calls that have waited for the
 * bound end Crashed, and so do those that come until the grid is back; when the node has stopped, that is for good.
 *
 * <p>Safe to share between threads; does not block but where it says so.
 */
public final class ConnectionState implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionState.class);

    /** How long the grid may be away, beyond the time after which it takes a silent client for dead. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration AGAIN = Duration.ofMillis(200);

    /** How often it looks whether the node has stopped, as Ignite's shutdown hook stops a node without telling anybody. */
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

    @SuppressWarnings("serial") // Ignite never writes this listener
    private final IgnitePredicate<Event> disconnected = this::onDisconnected;

    private final IgnitionListener stopped = this::onNodeState;

    /** Written under this, so that nothing is held that nobody sends; read anywhere. */
    private volatile Phase phase = Phase.NONE;

    private int number; // guarded by this
    private String reason = ""; // why calls end Crashed; guarded by this
    private long since; // guarded by this
    private List<OrphanedCall> held = new ArrayList<>(); // guarded by this

    /** Makes it, and begins to listen to the session's node. */
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
            session.ignite().cluster().topologyVersion(); // any question will do
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
        return phase != Phase.STOPPED; // the event that comes after the session has closed is the last
    }

    private void onNodeState(@Nullable String name, IgniteState state) {
        if (state != IgniteState.STARTED
                && Objects.equals(name, session.ignite().name())) {
            timer.after(Duration.ZERO, this::onStopped);
        }
    }

    /** Returns whether a problem is that the session's node has lost its grid, or was away and is back. */
    boolean isCauseOf(RuntimeException problem) {
        return client && IgniteErrors.isClientDisconnected(problem);
    }

    /** Returns whether there is no grid. */
    boolean isOn() {
        return phase != Phase.NONE;
    }

    /** Says that the node has lost its grid. */
    void begin() {
        begin("the session's client node lost its grid, and did not reconnect");
    }

    /** Says that no server of the grid has this library now. */
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

    /** Takes a call while there is no grid; returns false if there is one. */
    boolean takes(PreparedGridCall<?> preparedCall) {
        return isOn() && takes(OrphanedCall.waiting(preparedCall));
    }

    /** Takes what was under way; if the grid is back by now, that goes on its way again. */
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

    /** Ends what waits: the grid that the node is back at lacks what only a restart of its servers brings. */
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

    private void onStopped() {
        List<OrphanedCall> all;
        synchronized (this) {
            if (phase == Phase.STOPPED) {
                return; // seen before, or the session is over
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

    /** Wakes who waits for the grid. */
    private List<OrphanedCall> takeHeld() {
        notifyAll();
        List<OrphanedCall> all = held;
        held = new ArrayList<>();
        return all;
    }

    @SuppressWarnings("serial") // Ignite never writes this listener
    private void awaitReconnect() {
        try {
            IgniteFuture<?> back = session.ignite().cluster().clientReconnectFuture();
            if (back != null) {
                back.listenAsync(
                        done -> reconnect(), work -> threads.newThread(work).start());
            } else { // it has not lost its grid, but all servers that have the library, or does not know yet
                threads.newThread(this::reconnect).start();
            }
            return;
        } catch (RuntimeException e) {
            LOG.debug("{} cannot wait for its grid", session.label(), e);
        }
        timer.after(AGAIN, this::awaitReconnect);
    }

    /** Looks up what the session needs of the grid. Waits for the grid, on a thread of its own. */
    private void reconnect() {
        try {
            session.connect();
        } catch (RuntimeException e) {
            LOG.debug("{} is not connected yet", session.label(), e);
            if (e instanceof MissingLibraryException missing) {
                onUnfit(missing);
            }
            if (phase != Phase.STOPPED) {
                timer.after(AGAIN, this::awaitReconnect);
            }
            return;
        }
        end();
    }

    private void end() {
        session.dispatch().takeAll().forEach(this::hold); // what was sent by threads that did not know yet
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

    /** Returns what waits for the grid. */
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
            wait(); // in bounds: whoever ends the phase wakes
        }
    }

    /** Lets go who waits; the session is over. */
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
