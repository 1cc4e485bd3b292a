package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.tracing.CallTrace;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.ignite.Ignite;

/**
 * Opens sessions on the node that runs a call, for the tasks that the call submits. The submitter's side implements it,
 * which imports this one; so a {@link ServiceLoader} finds the implementation.
 */
public interface NodeSessions {

    /**
     * Opens a session.
     *
     * @param ignite the node
     * @param key the key of the task that uses the session
     * @param settings the settings of the session for nodes
     * @param trace the trace of the task; empty if it is not traced
     */
    TaskSession openOn(Ignite ignite, String key, SessionSettings settings, Optional<CallTrace> trace);

    /** Opens a session by the implementation that this library has. */
    static TaskSession open(Ignite ignite, String key, SessionSettings settings, Optional<CallTrace> trace) {
        return ServiceLoader.load(NodeSessions.class, NodeSessions.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the jar of this library lacks its file META-INF/services/"
                        + NodeSessions.class.getName() + "; merge service files when you build a fat jar"))
                .openOn(ignite, key, settings, trace);
    }
}
