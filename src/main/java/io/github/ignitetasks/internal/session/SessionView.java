package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionLook;
import io.github.ignitetasks.internal.events.SessionLook.PendingCounts;
import io.github.ignitetasks.internal.events.TaskCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The view that observers have of a session.
 *
 * @param session the session
 * @param backend carries out its calls
 * @param description where its tasks run
 */
record SessionView(KeyedSession session, Backend backend, String description) implements ObservedSession {
    private static final Logger LOG = LoggerFactory.getLogger(SessionView.class);

    @Override
    public String name() {
        return session.name();
    }

    @Override
    public boolean isConnected() {
        return backend.isConnected();
    }

    @Override
    public TaskCounts counts() {
        return session.taskCounts();
    }

    @Override
    public SessionLook look() {
        if (session.isClosed()) {
            return new SessionLook(Map.of(), List.of());
        }
        List<KeyedFuture<?>> pending = new ArrayList<>();
        for (KeyedFuture<?> future : session.futures()) {
            if (!future.isDone() && !future.isGiven()) {
                pending.add(future);
            }
        }
        List<NodeReport> nodes = nodes(pending);
        Map<String, ActiveCall> active = new HashMap<>();
        for (NodeReport node : nodes) {
            node.calls().forEach(call -> active.put(call.key(), call));
        }
        Map<String, Counting> byName = new HashMap<>();
        for (KeyedFuture<?> future : pending) {
            String name = session.taskCounts().countedName(future);
            byName.computeIfAbsent(name, any -> new Counting())
                    .add(future, future.activeHere().orElse(active.get(future.key())));
        }
        Map<String, PendingCounts> counts = new HashMap<>();
        byName.forEach((name, counting) -> counts.put(name, counting.counts()));
        return new SessionLook(counts, nodes);
    }

    private List<NodeReport> nodes(List<KeyedFuture<?>> pending) {
        try {
            return backend.nodeReports(pending);
        } catch (RuntimeException e) {
            LOG.debug("{} could not ask its nodes for reports", name(), e);
            return List.of();
        }
    }

    /** The counts of the pending tasks of one name. */
    private static final class Counting {
        private long waiting;
        private long queued;
        private long running;
        private long retrying;

        void add(KeyedFuture<?> future, @Nullable ActiveCall active) {
            if (active != null && active.phase() == ActiveCall.Phase.RETRYING) {
                retrying++;
            } else if (active != null && active.phase() != ActiveCall.Phase.HELD_UP) {
                running++;
            } else if (future.waitsForUpstreams()) {
                waiting++;
            } else {
                queued++;
            }
        }

        PendingCounts counts() {
            return new PendingCounts(waiting, queued, running, retrying);
        }
    }

    @Override
    public Optional<String> stackOf(String key) {
        KeyedFuture<?> future = session.known(key);
        if (future == null || future.isDone()) {
            return Optional.empty();
        }
        try {
            return backend.stackOf(future);
        } catch (RuntimeException e) {
            LOG.debug("{} could not ask for the stack of task '{}'", name(), key, e);
            return Optional.empty();
        }
    }

    @Override
    public KeyStatus status(String key) {
        return session.statusUntilClosed(key);
    }

    @Override
    public Optional<State<?>> state(String key) {
        KeyedFuture<?> future = session.known(key);
        return future == null ? backend.find(key) : future.state().map(state -> state);
    }
}
