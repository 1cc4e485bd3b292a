package io.github.ignitetasks.internal.client;

import java.util.Optional;

/**
 * The rule that decides which node gets which call. The {@link Dispatcher} asks it under its lock, for each call, so it
 * decides at once and keeps no reference to a queue.
 */
interface Placement {

    /**
     * Returns the queue of the node that gets a call. If that node has no room, the call waits in the queue that
     * {@link #toWait} returns.
     *
     * @param owner the queue of the node that owns the call's key
     * @param queues the queues of all nodes, {@code owner} included
     */
    NodeQueue toSend(NodeQueue owner, NodeQueues queues);

    /** Returns the queue in which a call waits until a node has room. */
    NodeQueue toWait(NodeQueue owner, NodeQueues queues);

    /** Returns the queue from which a node with room takes a call that waits for another node; empty if none waits. */
    Optional<NodeQueue> toTakeFrom(NodeQueues queues);
}
