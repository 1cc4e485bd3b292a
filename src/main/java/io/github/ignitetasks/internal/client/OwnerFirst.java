package io.github.ignitetasks.internal.client;

import static java.util.Comparator.comparingDouble;

import java.util.Optional;

/**
 * The default placement: a call goes to the owner of its key, where its record needs no claim, or to a node with free
 * slots if the owner has none.
 */
final class OwnerFirst implements Placement {

    @Override
    public NodeQueue toSend(NodeQueue owner, NodeQueues queues) {
        return owner.freeSlots() > 0 ? owner : queues.idlest().orElse(owner);
    }

    /** Returns the owner's queue, or the least loaded queue if the owner starts no more calls. */
    @Override
    public NodeQueue toWait(NodeQueue owner, NodeQueues queues) {
        return owner.isClosed()
                ? queues.all().stream()
                        .filter(queue -> !queue.isClosed())
                        .min(comparingDouble(NodeQueue::load))
                        .orElse(owner)
                : owner;
    }

    /** Returns the queues with waiting calls in turn. */
    @Override
    public Optional<NodeQueue> toTakeFrom(NodeQueues queues) {
        return queues.nextWaiting();
    }
}
