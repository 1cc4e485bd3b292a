package io.github.ignitetasks.internal.process;

import io.github.ignitetasks.internal.tls.NodeTls;
import java.util.List;
import java.util.function.Consumer;

/** A launcher of the nodes of one local cluster. */
public interface NodeLauncher extends AutoCloseable {

    /**
     * Starts this many nodes and waits until they have joined. If one fails, it starts none.
     *
     * @param addresses the addresses of the nodes of the cluster; empty for its first nodes
     * @param onDeath called when a node ends that was not stopped
     * @throws IllegalStateException if a node cannot be started; the message gives the reason
     */
    List<LocalNode> launch(int count, List<String> addresses, Consumer<LocalNode> onDeath);

    /** Returns the TLS of the nodes. */
    default NodeTls tls() {
        return NodeTls.none();
    }

    /** Stops all nodes, including those that are starting, and waits until they have stopped. */
    @Override
    void close();
}
