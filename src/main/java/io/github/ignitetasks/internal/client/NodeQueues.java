package io.github.ignitetasks.internal.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;

/**
 * The queues of all nodes, with those listed apart that have free slots, waiting calls, or calls ahead of their slots.
 * So a decision about a call looks at a few nodes, however many the grid has. Its owner guards it.
 */
final class NodeQueues {
    /** How many nodes with free slots are compared. */
    private static final int COMPARED = 8;

    private final Function<ClusterNode, NodeQueue> newQueue;
    private final Map<UUID, NodeQueue> byNode = new HashMap<>();
    private final Set<NodeQueue> free = new LinkedHashSet<>();
    private final Set<NodeQueue> waiting = new LinkedHashSet<>();
    private final Set<NodeQueue> bound = new LinkedHashSet<>();
    private final Set<NodeQueue> ahead = new LinkedHashSet<>();

    /** Makes queues of no node; the function makes the queue of one. */
    NodeQueues(Function<ClusterNode, NodeQueue> newQueue) {
        this.newQueue = newQueue;
    }

    /** Returns the queue of a node, which is made if there is none. */
    NodeQueue of(ClusterNode node) {
        NodeQueue known = byNode.get(node.id());
        if (known != null) {
            return known;
        }
        NodeQueue queue = newQueue.apply(node);
        byNode.put(node.id(), queue);
        queue.onChange(this::update);
        update(queue);
        return queue;
    }

    /** Returns the queue of a connection; null if that is not the node's present one. */
    @Nullable
    NodeQueue find(NodeConnection link) {
        NodeQueue queue = byNode.get(link.node().id());
        return queue != null && queue.link() == link ? queue : null;
    }

    /** Removes a queue. */
    void remove(NodeQueue queue) {
        byNode.remove(queue.link().node().id());
        queue.onChange(removed -> {});
        free.remove(queue);
        waiting.remove(queue);
        bound.remove(queue);
        ahead.remove(queue);
    }

    /** Removes all queues, and returns them. */
    List<NodeQueue> removeAll() {
        List<NodeQueue> all = new ArrayList<>(byNode.values());
        all.forEach(this::remove);
        return all;
    }

    /** Returns all queues. */
    Collection<NodeQueue> all() {
        return byNode.values();
    }

    /** Returns whether a node has a free slot. */
    boolean haveFreeSlots() {
        return !free.isEmpty();
    }

    /** Returns whether calls wait for a node. */
    boolean haveWaiting() {
        return !waiting.isEmpty() || !bound.isEmpty();
    }

    /** Returns how many slots have nothing to run. */
    int freeSlots() {
        return free.stream().mapToInt(NodeQueue::freeSlots).sum();
    }

    /** Returns the queues with calls ahead of their slots. */
    Collection<NodeQueue> withAhead() {
        return ahead;
    }

    /** Returns the queue with the most free slots, of the first few that have any. */
    Optional<NodeQueue> idlest() {
        NodeQueue most = null;
        int left = COMPARED;
        for (NodeQueue queue : free) { // no stream: this runs for each call
            if (most == null || queue.freeSlots() > most.freeSlots()) {
                most = queue;
            }
            left--;
            if (left == 0) {
                break;
            }
        }
        return Optional.ofNullable(most);
    }

    /** Returns a queue with waiting calls: each of them in turn, so that none waits for ever behind the others. */
    Optional<NodeQueue> nextWaiting() {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        NodeQueue next = waiting.iterator().next();
        waiting.remove(next);
        waiting.add(next);
        return Optional.of(next);
    }

    private void update(NodeQueue queue) {
        NodeQueue.Listing before = queue.listing();
        NodeQueue.Listing now = queue.updateListing();
        if (before.free() != now.free()) {
            list(free, queue, now.free());
        }
        if (before.waiting() != now.waiting()) {
            list(waiting, queue, now.waiting());
        }
        if (before.bound() != now.bound()) {
            list(bound, queue, now.bound());
        }
        if (before.ahead() != now.ahead()) {
            list(ahead, queue, now.ahead());
        }
    }

    private static void list(Set<NodeQueue> listed, NodeQueue queue, boolean now) {
        if (now) {
            listed.add(queue);
        } else {
            listed.remove(queue);
        }
    }
}
