package io.github.ignitetasks.internal.client;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import io.github.ignitetasks.internal.connect.Load;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler that decides which node of the grid gets which call of a session, and when.
 *
 * <p>A call goes to the owner of its key, or to a node with a free slot if the owner has none. A call for which no node
 * has room waits here, so that a node that joins gets its share. Few calls are sent ahead of free slots ({@link
 * Window}). The dispatcher takes calls back that wait behind slow calls while another node is idle.
 *
 * <p>Safe to share between threads. Nothing is sent under the lock.
 */
final class Dispatcher implements Load {
    /** How long a node may send nothing while calls wait there and other nodes are idle. */
    private static final Duration PATIENCE = Duration.ofMillis(10);

    private final GridSession session;
    private final Function<ClusterNode, NodeQueue> newQueue;
    private final Timer timer;
    private final Map<UUID, NodeQueue> queues = new HashMap<>(); // guarded by this
    private final RuntimeEstimate estimate = new RuntimeEstimate(); // guarded by this
    private boolean looking; // guarded by this

    /**
     * Makes a dispatcher.
     *
     * @param session the session whose calls it sends
     * @param newQueue makes the queue of a node
     * @param timer runs the checks for calls that wait at the wrong node
     */
    Dispatcher(GridSession session, Function<ClusterNode, NodeQueue> newQueue, Timer timer) {
        this.session = session;
        this.newQueue = newQueue;
        this.timer = timer;
    }

    /** Adds a call that may go; its key is owned by that node. */
    void add(ClusterNode home, PreparedGridCall<?> preparedCall) {
        outsideLock(sends -> {
            NodeQueue own = queue(home);
            NodeQueue queue = idleOr(own);
            if (queue.hasRoom()) {
                send(preparedCall, queue, sends);
            } else {
                open(own).waiting().add(preparedCall);
            }
        });
    }

    /** Sends a call that takes no slot on its node: a query for a key that runs there, or a state to record. */
    void addApart(ClusterNode node, PreparedGridCall<?> preparedCall) {
        NodeQueue queue;
        synchronized (this) {
            queue = queue(node);
        }
        if (preparedCall.future().sendThrough(queue.link(), preparedCall.call())) {
            send(queue, new InFlightCall(preparedCall, false, System.nanoTime()));
        }
    }

    /** Adds a node that has joined. */
    void onJoined(ClusterNode node) {
        outsideLock(sends -> {
            fill(queue(node), sends);
            look(sends);
        });
    }

    /** Handles a reply of a node. */
    void onReply(NodeConnection link, Reply reply, List<InFlightCall.Answer> answers) {
        synchronized (this) {
            long now = System.nanoTime();
            for (InFlightCall.Answer answer : answers) {
                if (answer.end() instanceof CallUpdate.Told told) {
                    estimate.onEnd(StateRecord.nanos(told.record()));
                }
            }
            NodeQueue queue = find(link);
            if (queue != null) {
                queue.onReply(reply, answers, now);
            }
        }
        List<PreparedGridCall<?>> returned = new ArrayList<>();
        for (InFlightCall.Answer answer : answers) {
            PreparedGridCall<?> preparedCall = answer.sent().preparedCall();
            if (answer.end() instanceof CallUpdate.Returned) {
                preparedCall.future().takeBack(preparedCall).ifPresent(returned::add);
            } else {
                session.onEnd(preparedCall, answer.end());
            }
        }
        outsideLock(sends -> sendOn(link, returned, sends));
    }

    /** Handles calls that a node has refused. */
    void onRefused(NodeConnection link, List<InFlightCall> refused) {
        outsideLock(sends -> {
            refused.stream().filter(InFlightCall::giveUpPlace).forEach(sent -> giveUpPlace(link));
            sendOn(link, List.of(), sends);
        });
    }

    private void giveUpPlace(NodeConnection link) {
        NodeQueue queue = find(link);
        if (queue != null) {
            queue.giveUpPlace();
        }
    }

    /** Sends the calls that now have room, starting with those that a node has returned. */
    private void sendOn(NodeConnection link, List<PreparedGridCall<?>> returned, List<Runnable> sends) {
        NodeQueue queue = find(link);
        if (queue == null) {
            returned.forEach(preparedCall -> sends.add(() -> session.sendLater(preparedCall)));
            return;
        }
        for (int i = returned.size() - 1; i >= 0; i--) {
            queue.waiting().addFirst(returned.get(i));
        }
        NodeQueue open = open(queue);
        if (open != queue) {
            open.waiting().addAll(queue.takeWaiting());
        }
        if (open != queue || !returned.isEmpty()) {
            queues.values().stream().filter(other -> other != queue).forEach(other -> fill(other, sends));
        }
        fill(queue, sends);
        look(sends);
    }

    /** Removes a node; returns the calls that waited for it and those that it had. */
    List<OrphanedCall> onLost(NodeConnection link) {
        List<OrphanedCall> left = new ArrayList<>();
        synchronized (this) {
            NodeQueue queue = find(link);
            if (queue != null) {
                queues.remove(link.node().id());
                takeWaiting(queue, left);
            }
        }
        takeSent(link, left);
        return left;
    }

    /** Removes all nodes; returns the calls that waited for them and those that they had. */
    List<OrphanedCall> takeAll() {
        List<OrphanedCall> left = new ArrayList<>();
        List<NodeConnection> links;
        synchronized (this) {
            links = links();
            queues.values().forEach(queue -> takeWaiting(queue, left));
            queues.clear();
        }
        links.forEach(link -> takeSent(link, left));
        return left;
    }

    private static void takeWaiting(NodeQueue queue, List<OrphanedCall> left) {
        queue.takeWaiting().forEach(preparedCall -> left.add(OrphanedCall.waiting(preparedCall)));
    }

    private static void takeSent(NodeConnection link, List<OrphanedCall> left) {
        left.addAll(link.takeBack());
    }

    /** Returns the connections to all nodes. */
    synchronized List<NodeConnection> links() {
        return queues.values().stream().map(NodeQueue::link).toList();
    }

    /** Returns whether calls wait here until a node has room. */
    synchronized boolean isShortOfRoom() {
        return queues.values().stream().anyMatch(queue -> !queue.waiting().isEmpty());
    }

    /** Returns the calls that have not ended, by node: those that it has, and those that wait for it. */
    List<PendingCalls> pendingCalls() {
        List<PendingCalls> all = new ArrayList<>();
        synchronized (this) {
            for (NodeQueue queue : queues.values()) {
                all.add(new PendingCalls(
                        "wait for node " + queue.link().nodeName() + ", from which nothing has come since then",
                        queue.waiting().stream()
                                .map(waiting ->
                                        new PendingCalls.Call(waiting.call().key(), queue.lastMove()))
                                .toList()));
            }
        }
        for (NodeConnection link : links()) {
            all.add(new PendingCalls(
                    "were sent to node " + link.nodeName() + " and have not ended", link.pendingCalls()));
        }
        return all;
    }

    @Override
    public synchronized Look look() {
        int calls = session.heldCalls();
        int slots = 0;
        for (NodeQueue queue : queues.values()) {
            calls += queue.waiting().size() + queue.places();
            slots += queue.window().slots();
        }
        return new Look(calls, slots, estimate.mean(System.nanoTime()));
    }

    private NodeQueue queue(ClusterNode node) {
        return queues.computeIfAbsent(node.id(), id -> newQueue.apply(node));
    }

    private @Nullable NodeQueue find(NodeConnection link) {
        NodeQueue queue = queues.get(link.node().id());
        return queue != null && queue.link() == link ? queue : null;
    }

    /**
     * Returns the node's own queue if it has a free slot, else the queue with the most free slots, else the own queue.
     */
    private NodeQueue idleOr(NodeQueue own) {
        if (own.freeSlots() > 0) {
            return own;
        }
        NodeQueue idle = own;
        for (NodeQueue queue : queues.values()) { // no stream: this runs for each call
            if (queue.freeSlots() > idle.freeSlots()) {
                idle = queue;
            }
        }
        return idle;
    }

    /** Returns the queue itself, or the least loaded other queue if its node starts no more calls. */
    private NodeQueue open(NodeQueue queue) {
        return queue.isClosed()
                ? queues.values().stream()
                        .filter(other -> !other.isClosed())
                        .min(comparingDouble(NodeQueue::load))
                        .orElse(queue)
                : queue;
    }

    /**
     * Sends a node as many calls as it has room for: first those whose keys it owns, then those that wait for others.
     */
    private void fill(NodeQueue queue, List<Runnable> sends) {
        while (queue.hasRoom() && !queue.waiting().isEmpty()) {
            queue.next().ifPresent(next -> send(next, queue, sends));
        }
        while (queue.hasRoomForOthers()) {
            Optional<NodeQueue> longest = queues.values().stream()
                    .filter(other -> !other.waiting().isEmpty())
                    .max(comparingInt(other -> other.waiting().size()));
            if (longest.isEmpty()) {
                return;
            }
            longest.get().next().ifPresent(next -> send(next, queue, sends));
        }
    }

    /** Gives a call a place in a queue and has it sent, unless it has ended or was withdrawn meanwhile. */
    private void send(PreparedGridCall<?> preparedCall, NodeQueue queue, List<Runnable> sends) {
        if (preparedCall.future().sendThrough(queue.link(), preparedCall.call())) {
            long now = System.nanoTime();
            estimate.onSent(now);
            InFlightCall sent = queue.send(preparedCall, now);
            sends.add(() -> send(queue, sent));
        }
    }

    private void send(NodeQueue queue, InFlightCall sent) {
        if (!queue.link().send(sent)) {
            session.sendLater(sent.preparedCall());
        }
    }

    /** Takes calls back from nodes that send nothing while others are idle, now or once that has lasted. */
    private void look(List<Runnable> sends) {
        int free = queues.values().stream().mapToInt(NodeQueue::freeSlots).sum();
        boolean lookAgain = false;
        for (NodeQueue queue : queues.values()) {
            int number = Math.min(free, queue.ahead());
            if (number > 0 && System.nanoTime() - queue.lastMove() >= PATIENCE.toNanos()) {
                free -= number;
                queue.onRecall(System.nanoTime());
                sends.add(() -> queue.link().recall(number));
            }
            lookAgain |= number > 0;
        }
        if (lookAgain && !looking) {
            looking = true;
            timer.after(PATIENCE, this::lookAgain);
        }
    }

    private void lookAgain() {
        outsideLock(sends -> {
            looking = false;
            look(sends);
        });
    }

    /** Runs a decision under the lock, and its sends outside. */
    private void outsideLock(Consumer<List<Runnable>> decision) {
        List<Runnable> sends = new ArrayList<>();
        synchronized (this) {
            decision.accept(sends);
        }
        sends.forEach(Runnable::run);
    }
}
