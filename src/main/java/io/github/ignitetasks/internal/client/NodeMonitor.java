package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.execution.Timer;
import java.time.Duration;
import java.util.Objects;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteClientDisconnectedException;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.IgnitionListener;
import org.apache.ignite.events.Event;
import org.apache.ignite.events.EventType;
import org.apache.ignite.lang.IgnitePredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices when a session's own Ignite node loses its grid, and when it stops. Safe to share between threads. */
final class NodeMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeMonitor.class);

    private final String session;
    private final Ignite ignite;
    private final Timer timer;
    private final Runnable onDisconnected;
    private final Runnable onStopped;

    @SuppressWarnings("serial") // Ignite never serializes this listener
    private final IgnitePredicate<Event> disconnected = this::onDisconnected;

    private final IgnitionListener stopped = this::onNodeState;
    private volatile boolean over;

    /**
     * Starts to monitor a node.
     *
     * @param session the name of the session, for the log
     * @param timer runs the checks, and {@code onStopped}
     * @param onDisconnected called each time the node loses its grid
     * @param onStopped called once the node has stopped; may be called twice
     */
    NodeMonitor(String session, Ignite ignite, Timer timer, Runnable onDisconnected, Runnable onStopped) {
        this.session = session;
        this.ignite = ignite;
        this.timer = timer;
        this.onDisconnected = onDisconnected;
        this.onStopped = onStopped;
        ignite.events().localListen(disconnected, EventType.EVT_CLIENT_NODE_DISCONNECTED);
        Ignition.addListener(stopped);
        checkNode();
    }

    private void checkNode() {
        if (over) {
            return;
        }
        try {
            ignite.cluster().topologyVersion(); // any call that needs the node will do
        } catch (IgniteClientDisconnectedException e) {
            LOG.debug("{}: its node has lost the grid, and has not stopped", session, e);
        } catch (IllegalStateException e) {
            LOG.debug("{}: its node has stopped", session, e);
            onStopped();
            return;
        }
        timer.after(ClientTimings.STOP_CHECK, this::checkNode);
    }

    private boolean onDisconnected(Event event) {
        if (!over) {
            onDisconnected.run();
        }
        return !over; // once the session has closed, the next event removes the listener
    }

    private void onNodeState(@Nullable String name, IgniteState state) {
        if (state != IgniteState.STARTED && Objects.equals(name, ignite.name())) {
            timer.after(Duration.ZERO, this::onStopped);
        }
    }

    private void onStopped() {
        over = true;
        onStopped.run();
    }

    /** Stops to monitor the node. */
    @Override
    public void close() {
        over = true;
        Ignition.removeListener(stopped);
        ignite.events().stopLocalListen(disconnected, EventType.EVT_CLIENT_NODE_DISCONNECTED);
    }
}
