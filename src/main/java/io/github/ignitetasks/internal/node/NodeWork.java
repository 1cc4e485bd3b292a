package io.github.ignitetasks.internal.node;

import java.util.concurrent.CompletableFuture;
import org.apache.ignite.Ignite;

/**
 * The work that a node does, as far as whoever ends the node has to know of it. Whoever gives a node work says so with
 * {@link #register}.
 */
public interface NodeWork {

    /**
     * Starts nothing more, and gives back what has not started.
     *
     * @return completes when what runs has ended, and those who wait for it have been told, or have not listened for some
     *     seconds
     */
    CompletableFuture<Void> drain();

    /**
     * Says what a node does.
     *
     * @return whether it may; false if the node was drained before it had any
     */
    static boolean register(Ignite node, NodeWork work) {
        return node.cluster().<Class<?>, NodeWork>nodeLocalMap().putIfAbsent(NodeWork.class, work) == null;
    }

    /** Says that a node does other work from now on. */
    static void replace(Ignite node, NodeWork old, NodeWork work) {
        node.cluster().<Class<?>, NodeWork>nodeLocalMap().replace(NodeWork.class, old, work);
    }

    /** Drains a node, also of what it would be given from now on. */
    static CompletableFuture<Void> drain(Ignite node) {
        CompletableFuture<Void> nothing = CompletableFuture.completedFuture(null);
        NodeWork work = node.cluster().<Class<?>, NodeWork>nodeLocalMap().putIfAbsent(NodeWork.class, () -> nothing);
        return work == null ? nothing : work.drain();
    }
}
