package io.github.ignitetasks.internal.process;

import java.util.Optional;
import org.apache.ignite.Ignite;

/** A running server node of a local cluster. */
public interface LocalNode {

    /** Returns the address of the node, {@code host:port}, which also serves as its name. */
    String address();

    /** Returns the node, if it is in this JVM. */
    Optional<Ignite> ignite();

    /** Returns whether the node is running. */
    boolean isAlive();

    /** Stops the node once other nodes have all its records, and waits for that. It needs at least one other node. */
    void retire();
}
