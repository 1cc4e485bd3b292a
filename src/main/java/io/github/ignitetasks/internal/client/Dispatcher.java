package io.github.ignitetasks.internal.client;

import static java.util.Comparator.comparingDouble;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.internal.connect.Load;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ignite.cluster.ClusterNode;

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
    private final CallRouter router;
    private final Placement placement;
    private final TaskEvents events;
    private final RuntimeEstimate estimate = new RuntimeEstimate();
    private final NodeQueues queues; // guarded by this
    private final CallRecall recall; // guarded by this
    private final RestrictedCalls restricted = new RestrictedCalls(); // guarded by this
    private final Timer timer;
    private final long patience;

    /** Whether a check for calls that no node can run is due; guarded by this. */
    private boolean checking;

    private final SendBatch<NodeConnection> batch = new SendBatch<>(NodeConnection::start);

    /**
     * Makes a dispatcher.
     *
     * @param router gets the updates of calls, and the calls whose node is lost
     * @param placement decides which node gets which call
     * @param newQueue makes the queue of a node
     * @param timer runs the checks for calls that wait at the wrong node
     * @param patience how long a call waits for a node that has what it requires
     * @param events gets the sent calls
     */
    Dispatcher(
            CallRouter router,
            Placement placement,
            Function<ClusterNode, NodeQueue> newQueue,
            Timer timer,
            Duration patience,
            EventStream events) {
        this.router = router;
        this.placement = placement;
        this.queues = new NodeQueues(newQueue);
        this.recall = new CallRecall(timer);
        this.timer = timer;
        this.patience = TimeUnit.NANOSECONDS.convert(patience);
        this.events = events;
        events.add(estimate);
    }

    /** Adds a call that may go; its key is owned by that node. */
    void add(ClusterNode owner, PreparedGridCall<?> preparedCall) {
        outsideLock(sends -> {
            NodeQueue own = queues.of(owner);
            NodeQueue queue = placement.toSend(own, queues);
            if (queue.hasRoom()) {
                send(preparedCall, queue, sends);
            } else {
                placement.toWait(own, queues).add(preparedCall);
            }
        });
    }

    /** Adds a call that may go to that node alone. */
    void addBound(ClusterNode node, PreparedGridCall<?> preparedCall) {
        outsideLock(sends -> {
            NodeQueue queue = queues.of(node);
            if (queue.hasRoom()) {
                send(preparedCall, queue, sends);
            } else {
                queue.addBound(preparedCall);
            }
        });
    }

    /** Adds a call that not every node may run at any time. */
    void addRestricted(PreparedGridCall<?> preparedCall) {
        outsideLock(sends -> {
            restricted.add(preparedCall);
            fillRestricted(sends);
            checkRestrictedLater();
        });
    }

    /** Sends the calls with requirements that may go now, each to the node with the least load of those that may have it. */
    private void fillRestricted(List<Runnable> sends) {
        if (restricted.isEmpty()) {
            return;
        }
        List<NodeQueue> open =
                new ArrayList<>(queues.all().stream().filter(NodeQueue::hasRoom).toList());
        while (!open.isEmpty()) {
            NodeQueue least = Collections.min(open, comparingDouble(NodeQueue::load));
            Optional<PreparedGridCall<?>> next = restricted.next(least, queues.all());
            next.ifPresent(call -> send(call, least, sends));
            if (next.isEmpty() || !least.hasRoom()) {
                open.remove(least);
            }
        }
    }

    /** Looks again in a moment for calls that no node can run, while there are any with requirements. */
    private void checkRestrictedLater() {
        if (!checking && !restricted.isEmpty()) {
            checking = true; // under the lock, so before the check runs
            timer.after(ClientTimings.PLACEMENT_CHECK, this::checkRestricted);
        }
    }

    private void checkRestricted() {
        List<RestrictedCalls.Refusal> refused = new ArrayList<>();
        outsideLock(sends -> {
            checking = false;
            fillRestricted(sends);
            refused.addAll(restricted.takeUnplaceable(queues.all(), System.nanoTime(), patience));
            checkRestrictedLater();
        });
        refused.forEach(each -> CallRouter.crash(each.call().future(), Failure.ofText("", each.reason(), "")));
    }

    /** Sends a call that takes no slot on its node: a query for a key that runs there, or a state to record. */
    void addApart(ClusterNode node, PreparedGridCall<?> preparedCall) {
        NodeQueue queue;
        synchronized (this) {
            queue = queues.of(node);
        }
        if (preparedCall.future().sendThrough(queue.link(), preparedCall.request())) {
            send(queue, new InFlightCall(preparedCall, false, System.nanoTime()));
        }
    }

    /** Adds a node that has joined. */
    void onJoined(ClusterNode node) {
        outsideLock(sends -> {
            fill(queues.of(node), sends);
            fillRestricted(sends);
            recall(sends);
        });
    }

    /** Handles a reply of a node; the calls that may go after it go together. */
    void onReply(NodeConnection link, Reply reply, List<InFlightCall.Answer> answers) {
        batch.run(() -> handle(link, reply, answers));
    }

    private void handle(NodeConnection link, Reply reply, List<InFlightCall.Answer> answers) {
        synchronized (this) {
            long now = System.nanoTime();
            NodeQueue queue = queues.find(link);
            if (queue != null) {
                queue.onReply(reply, answers, now);
            }
        }
        List<PreparedGridCall<?>> returned = new ArrayList<>();
        for (InFlightCall.Answer answer : answers) {
            PreparedGridCall<?> preparedCall = answer.sent().preparedCall();
            if (answer.end() instanceof CallUpdate.Returned) {
                preparedCall.future().takeBack(preparedCall).ifPresent(call -> addReturned(call, returned));
            } else {
                router.onUpdate(preparedCall, answer.end());
            }
        }
        outsideLock(sends -> sendOn(link, returned, sends));
    }

    /** Adds a call that a node has returned to those that go first; a bound one looks for a node again. */
    private void addReturned(PreparedGridCall<?> call, List<PreparedGridCall<?>> returned) {
        if (call.isBound()) {
            router.sendLater(call);
        } else {
            returned.add(call);
        }
    }

    /** Handles calls that a node has refused. */
    void onRefused(NodeConnection link, List<InFlightCall> refused) {
        outsideLock(sends -> {
            refused.forEach(sent -> onRefused(link, sent));
            sendOn(link, List.of(), sends);
        });
    }

    private void onRefused(NodeConnection link, InFlightCall sent) {
        NodeQueue queue = queues.find(link);
        if (queue != null) {
            queue.onRefused(sent);
        }
    }

    /** Sends the calls that now have room, starting with those that a node has returned. */
    private void sendOn(NodeConnection link, List<PreparedGridCall<?>> returned, List<Runnable> sends) {
        NodeQueue queue = queues.find(link);
        if (queue == null) {
            returned.forEach(preparedCall -> sends.add(() -> router.sendLater(preparedCall)));
            return;
        }
        for (int i = returned.size() - 1; i >= 0; i--) {
            queue.addFirst(returned.get(i));
        }
        NodeQueue open = placement.toWait(queue, queues);
        if (open != queue) {
            queue.takeUnbound().forEach(open::add);
        }
        if (open != queue || !returned.isEmpty()) {
            queues.all().stream().filter(other -> other != queue).forEach(other -> fill(other, sends));
        }
        fillRestricted(sends);
        fill(queue, sends);
        recall(sends);
    }

    /** Removes a node; returns the calls that waited for it and those that it had. */
    List<OrphanedCall> onLost(NodeConnection link) {
        List<OrphanedCall> left = new ArrayList<>();
        synchronized (this) {
            NodeQueue queue = queues.find(link);
            if (queue != null) {
                takeWaiting(queue, left);
                queues.remove(queue);
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
            queues.removeAll().forEach(queue -> takeWaiting(queue, left));
            restricted.takeAll().forEach(preparedCall -> left.add(OrphanedCall.waiting(preparedCall)));
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
        return queues.all().stream().map(NodeQueue::link).toList();
    }

    /** Returns whether calls wait here until a node has room. */
    synchronized boolean isShortOfRoom() {
        return queues.haveWaiting() || !restricted.isEmpty();
    }

    /** Returns the calls that have not ended, by node: those that it has, and those that wait for it. */
    List<PendingCalls> pendingCalls() {
        List<PendingCalls> all = new ArrayList<>();
        synchronized (this) {
            for (NodeQueue queue : queues.all()) {
                all.add(new PendingCalls(
                        "wait for node " + queue.link().nodeName() + ", from which nothing has come since then",
                        queue.allWaiting().stream()
                                .map(waiting ->
                                        new PendingCalls.Call(waiting.request().key(), queue.lastReply()))
                                .toList()));
            }
            all.add(new PendingCalls(
                    "wait for a node that has what they require",
                    restricted.all().stream()
                            .map(waiting -> new PendingCalls.Call(
                                    waiting.request().key(), waiting.request().since()))
                            .toList()));
        }
        for (NodeConnection link : links()) {
            all.add(new PendingCalls(
                    "were sent to node " + link.nodeName() + " and have not ended", link.pendingCalls()));
        }
        return all;
    }

    @Override
    public Snapshot snapshot() {
        int calls = router.connectionState().calls();
        int slots = 0;
        synchronized (this) {
            calls += restricted.size();
            for (NodeQueue queue : queues.all()) {
                calls += queue.waiting() + queue.places();
                slots += queue.window().slots();
            }
        }
        return new Snapshot(calls, slots, estimate.mean(System.nanoTime()));
    }

    /**
     * Sends a node as many calls as it has room for: first those whose keys it owns, then those that wait for others.
     */
    private void fill(NodeQueue queue, List<Runnable> sends) {
        while (queue.hasRoomForWaiting() && queue.waiting() > 0) {
            queue.next().ifPresent(next -> send(next, queue, sends));
        }
        while (queue.hasRoomForOthers()) {
            Optional<NodeQueue> other = placement.toTakeFrom(queues);
            if (other.isEmpty()) {
                return;
            }
            other.get().nextUnbound().ifPresent(next -> send(next, queue, sends));
        }
    }

    /** Gives a call a place in a queue and has it sent, unless it has ended or was withdrawn meanwhile. */
    private void send(PreparedGridCall<?> preparedCall, NodeQueue queue, List<Runnable> sends) {
        if (preparedCall.future().sendThrough(queue.link(), preparedCall.request())) {
            InFlightCall sent = queue.send(preparedCall, System.nanoTime());
            sends.add(() -> {
                send(queue, sent);
                events.sent(preparedCall.request().key(), queue.link().nodeName());
            });
        }
    }

    private void send(NodeQueue queue, InFlightCall sent) {
        if (queue.link().take(sent)) {
            batch.start(queue.link());
        } else {
            router.sendLater(sent.preparedCall());
        }
    }

    /** Takes calls back from nodes that send nothing while others are idle, now or once that has lasted. */
    private void recall(List<Runnable> sends) {
        recall.check(queues, sends, this::recallLater);
    }

    private void recallLater() {
        outsideLock(sends -> {
            recall.onCheckAgain();
            recall(sends);
        });
    }

    /** Runs a decision under the lock, and its sends outside. */
    private void outsideLock(Consumer<List<Runnable>> decision) {
        List<Runnable> sends = new ArrayList<>();
        synchronized (this) {
            decision.accept(sends);
        }
        if (sends.size() > 1) {
            batch.run(() -> sends.forEach(Runnable::run));
        } else {
            sends.forEach(Runnable::run);
        }
    }
}
