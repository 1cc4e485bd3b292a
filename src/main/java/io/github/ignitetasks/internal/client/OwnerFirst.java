package io.github.ignitetasks.internal.client;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Optional;

/**
 * The default placement: a call goes to the owner of its key, where its record needs no claim, or to the node with the
 * most free slots if the owner has none.
 */
final class OwnerFirst implements Placement {

    @Override
    public NodeQueue toSend(NodeQueue owner, Collection<NodeQueue> all) {
        if (owner.freeSlots() > 0) {
            return owner;
        }
        NodeQueue idlest = owner;
        for (NodeQueue queue : all) { // no stream: this runs for each call
            if (queue.freeSlots() > idlest.freeSlots()) {
                idlest = queue;
            }
        }
        return idlest;
    }

    /** Returns the owner's queue, or the least loaded queue if the owner starts no more calls. */
    @Override
    public NodeQueue toWait(NodeQueue owner, Collection<NodeQueue> all) {
        return owner.isClosed()
                ? all.stream()
                        .filter(queue -> !queue.isClosed())
                        .min(comparingDouble(NodeQueue::load))
                        .orElse(owner)
                : owner;
    }

    /** Returns the longest queue. */
    @Override
    public Optional<NodeQueue> toTakeFrom(Collection<NodeQueue> all) {
        return all.stream()
                .filter(queue -> !queue.waiting().isEmpty())
                .max(comparingInt(queue -> queue.waiting().size()));
    }
}
