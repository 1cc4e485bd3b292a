package io.github.ignitetasks.internal.process;

import java.util.Optional;
import org.apache.ignite.Ignite;

/** A running server node of a local cluster. */
public interface LocalNode {

    /** Returns where it is found: {@code host:port}. It is the node's name as well. */
    String address();

    /** Returns the node, if it is in this JVM. */
    Optional<Ignite> ignite();

    /** Returns whether it runs. */
    boolean isAlive();

    /** Ends it once other nodes have all its records, and returns then. It needs another node. */
    void retire();
}
