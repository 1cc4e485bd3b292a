package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.connect.OpenGrid;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.tracing.CallTrace;
import io.github.ignitetasks.internal.worker.NodeSessions;
import io.github.ignitetasks.internal.worker.SessionSettings;
import java.util.Optional;
import org.apache.ignite.Ignite;

/** Opens sessions that use the node on which a call runs. */
public final class ClientNodeSessions implements NodeSessions {

    /** Makes the provider, for the {@link java.util.ServiceLoader}. */
    public ClientNodeSessions() {
        // it has no state
    }

    @Override
    public TaskSession openOn(Ignite ignite, String key, SessionSettings settings, Optional<CallTrace> trace) {
        OpenGrid grid = new OpenGrid(ignite, "the node that runs the task", false, false, Optional.empty(), () -> {});
        EventStream events = new EventStream();
        GridBackend backend = GridBackend.ofTask(key, grid, settings, events);
        KeyedSession session = new KeyedSession("task-" + key, backend, events, SessionLimits.standard());
        trace.ifPresent(outer -> session.traceBy(outer.tracer()));
        return session;
    }
}
