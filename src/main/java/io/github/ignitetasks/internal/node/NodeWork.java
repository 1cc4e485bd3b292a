package io.github.ignitetasks.internal.node;

import java.util.concurrent.CompletableFuture;
import org.apache.ignite.Ignite;

/**
 * The work of a node, as seen by the code that stops the node. Code that gives a node work registers it with {@link
 * #register}.
 */
public interface NodeWork {

    /**
     * Starts no more calls, and returns the calls that have not started.
     *
     * @return a future that completes when the running calls have completed and their sessions were notified, or when
     *     the node has stopped; a session that does not accept the notification delays it only by some seconds
     */
    CompletableFuture<Void> drain();

    /**
     * Registers the work of a node.
     *
     * @return true if the work was registered; false if the node has other work or was drained before
     */
    static boolean register(Ignite node, NodeWork work) {
        return node.cluster().<Class<?>, NodeWork>nodeLocalMap().putIfAbsent(NodeWork.class, work) == null;
    }

    /** Replaces the registered work of a node. */
    static void replace(Ignite node, NodeWork old, NodeWork work) {
        node.cluster().<Class<?>, NodeWork>nodeLocalMap().replace(NodeWork.class, old, work);
    }

    /** Drains a node. Work that is registered later is refused. */
    static CompletableFuture<Void> drain(Ignite node) {
        CompletableFuture<Void> nothing = CompletableFuture.completedFuture(null);
        NodeWork work = node.cluster().<Class<?>, NodeWork>nodeLocalMap().putIfAbsent(NodeWork.class, () -> nothing);
        return work == null ? nothing : work.drain();
    }
}
