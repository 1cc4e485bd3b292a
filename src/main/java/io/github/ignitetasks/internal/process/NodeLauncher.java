package io.github.ignitetasks.internal.process;

import io.github.ignitetasks.internal.tls.NodeTls;
import java.util.List;
import java.util.function.Consumer;

/** What starts the nodes of one local cluster. */
public interface NodeLauncher extends AutoCloseable {

    /**
     * Starts so many nodes, or none if that fails, and returns when they have joined.
     *
     * @param addresses where nodes of the cluster are; empty for the first ones
     * @param onDeath is told when a node ends that nobody ended
     * @throws IllegalStateException if one cannot be started; the message says why
     */
    List<LocalNode> launch(int count, List<String> addresses, Consumer<LocalNode> onDeath);

    /** Returns the TLS of the nodes. */
    default NodeTls tls() {
        return NodeTls.none();
    }

    /** Ends all nodes, those that are being started as well, and returns when they have ended. */
    @Override
    void close();
}
