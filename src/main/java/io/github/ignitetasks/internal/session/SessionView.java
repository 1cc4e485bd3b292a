package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.KeyActivity;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionSnapshot;
import io.github.ignitetasks.internal.events.SessionSnapshot.PendingCounts;
import io.github.ignitetasks.internal.events.TaskCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    public SessionSnapshot snapshot() {
        if (session.isClosed()) {
            return new SessionSnapshot(Map.of(), List.of());
        }
        List<KeyedFuture<?>> pendingHere = backend.runsHere() ? pending() : List.of();
        List<NodeReport> nodes = nodes(pendingHere);
        Map<String, Started> started = new HashMap<>();
        for (KeyedFuture<?> future : pendingHere) {
            future.activeHere().ifPresent(call -> count(started, future, call));
        }
        if (!backend.runsHere()) {
            for (NodeReport node : nodes) {
                for (ActiveCall call : node.calls()) {
                    KeyedFuture<?> future = session.known(call.key());
                    if (future != null && isPending(future)) {
                        count(started, future, call);
                    }
                }
            }
        }
        return new SessionSnapshot(counts(started), nodes);
    }

    /** Goes through all futures of the session, also those that have ended. */
    private List<KeyedFuture<?>> pending() {
        List<KeyedFuture<?>> pending = new ArrayList<>();
        for (KeyedFuture<?> future : session.futures()) {
            if (isPending(future)) {
                pending.add(future);
            }
        }
        return pending;
    }

    private static boolean isPending(KeyedFuture<?> future) {
        return !future.isDone() && !future.isGiven();
    }

    private void count(Map<String, Started> started, KeyedFuture<?> future, ActiveCall call) {
        started.computeIfAbsent(session.taskCounts().countedName(future), any -> new Started())
                .add(call);
    }

    /** Returns the numbers of pending tasks. Those that neither wait for upstreams nor have started are queued. */
    private Map<String, PendingCounts> counts(Map<String, Started> started) {
        Map<String, PendingCounts> counts = new HashMap<>();
        session.taskCounts().byName().forEach((name, all) -> {
            if (all.pending() > 0) {
                Started of = started.getOrDefault(name, Started.NONE);
                long waiting = session.taskCounts().waiting(name);
                long queued = Math.max(0, all.pending() - waiting - of.running - of.retrying);
                counts.put(name, new PendingCounts(waiting, queued, of.running, of.retrying));
            }
        });
        return counts;
    }

    private List<NodeReport> nodes(List<KeyedFuture<?>> pending) {
        try {
            return backend.nodeReports(pending);
        } catch (RuntimeException e) {
            LOG.debug("{} could not ask its nodes for reports", name(), e);
            return List.of();
        }
    }

    /** The numbers of the started tasks of one name. */
    private static final class Started {
        static final Started NONE = new Started();

        private long running;
        private long retrying;

        void add(ActiveCall call) {
            if (call.phase() == ActiveCall.Phase.RETRYING) {
                retrying++;
            } else if (call.hasStarted()) {
                running++;
            }
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
    public Optional<KeyActivity> activity(String key) {
        KeyedFuture<?> future = session.known(key);
        if (future != null && future.waitsForUpstreams()) {
            return Optional.of(KeyActivity.WAITING_FOR_UPSTREAMS);
        }
        Optional<KeyActivity> started = future != null && backend.runsHere()
                ? future.activeHere().map(call -> KeyActivity.of(call, NodeReport.LOCAL))
                : activityOnNodes(key);
        return started.or(() -> Optional.ofNullable(future).map(any -> KeyActivity.QUEUED));
    }

    private Optional<KeyActivity> activityOnNodes(String key) {
        for (NodeReport node : nodes(List.of())) {
            for (ActiveCall call : node.calls()) {
                if (call.key().equals(key)) {
                    return Optional.of(KeyActivity.of(call, node.node()));
                }
            }
        }
        return Optional.empty();
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
