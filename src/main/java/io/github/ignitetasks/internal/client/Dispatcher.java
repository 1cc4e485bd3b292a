package io.github.ignitetasks.internal.client;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import io.github.ignitetasks.internal.connect.Load;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.Exchange;
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
 * Decides which node of the grid gets which call of a session, and when.
 *
 * <p>A call goes to the home of its key, or, if that has no slot free, to a node that has. What no node has room for
 * waits here, so that a node that joins gets its share of it; little is sent ahead of free slots ({@link Window}), and
 * what turns out to wait behind slow calls while another node is idle is taken back.
 *
 * <p>Safe to share between threads. Nothing is sent under the lock.
 */
final class Dispatcher implements Load {
    /** How long a node may tell nothing while calls wait there and others are idle. */
    private static final Duration PATIENCE = Duration.ofMillis(10);

    private final GridSession session;
    private final Function<ClusterNode, NodeQueue> newLane;
    private final Timer timer;
    private final Map<UUID, NodeQueue> lanes = new HashMap<>(); // guarded by this
    private final RuntimeEstimate pace = new RuntimeEstimate(); // guarded by this
    private boolean looking; // guarded by this

    /**
     * Makes a dispatch.
     *
     * @param session whose calls it sends
     * @param newLane makes the lane of a node
     * @param timer is used to look after calls that may wait at the wrong node
     */
    Dispatcher(GridSession session, Function<ClusterNode, NodeQueue> newLane, Timer timer) {
        this.session = session;
        this.newLane = newLane;
        this.timer = timer;
    }

    /** Takes a call that may go, whose home is that node. */
    void add(ClusterNode home, PreparedGridCall<?> departure) {
        outsideLock(sends -> {
            NodeQueue own = lane(home);
            NodeQueue lane = idleOr(own);
            if (lane.hasRoom()) {
                send(departure, lane, sends);
            } else {
                open(own).waiting().add(departure);
            }
        });
    }

    /** Sends to a node what takes no slot there: the question for a key that runs there, or a state to record. */
    void addApart(ClusterNode node, PreparedGridCall<?> departure) {
        NodeQueue lane;
        synchronized (this) {
            lane = lane(node);
        }
        if (departure.future().sendThrough(lane.link(), departure.call())) {
            send(lane, new InFlightCall(departure, false, System.nanoTime()));
        }
    }

    /** Takes a node that has joined. */
    void onJoined(ClusterNode node) {
        outsideLock(sends -> {
            fill(lane(node), sends);
            look(sends);
        });
    }

    /** Takes what a node tells. */
    void onReply(NodeConnection link, Exchange.Reply reply, List<InFlightCall.Answer> answers) {
        synchronized (this) {
            long now = System.nanoTime();
            for (InFlightCall.Answer answer : answers) {
                if (answer.end() instanceof CallUpdate.Told told) {
                    pace.onEnd(StateRecord.nanos(told.record()));
                }
            }
            NodeQueue lane = find(link);
            if (lane != null) {
                lane.onReply(reply, answers, now);
            }
        }
        List<PreparedGridCall<?>> returned = new ArrayList<>();
        for (InFlightCall.Answer answer : answers) {
            PreparedGridCall<?> departure = answer.sent().departure();
            if (answer.end() instanceof CallUpdate.Returned) {
                departure.future().takeBack(departure).ifPresent(returned::add);
            } else {
                session.onEnd(departure, answer.end());
            }
        }
        outsideLock(sends -> sendOn(link, returned, sends));
    }

    /** Takes calls that a node has refused. */
    void onRefused(NodeConnection link, List<InFlightCall> refused) {
        outsideLock(sends -> {
            refused.stream().filter(InFlightCall::giveUpPlace).forEach(sent -> giveUpPlace(link));
            sendOn(link, List.of(), sends);
        });
    }

    private void giveUpPlace(NodeConnection link) {
        NodeQueue lane = find(link);
        if (lane != null) {
            lane.giveUpPlace();
        }
    }

    /** Sends what now has room, beginning with what a node has given back. */
    private void sendOn(NodeConnection link, List<PreparedGridCall<?>> returned, List<Runnable> sends) {
        NodeQueue lane = find(link);
        if (lane == null) {
            returned.forEach(departure -> sends.add(() -> session.sendLater(departure)));
            return;
        }
        for (int i = returned.size() - 1; i >= 0; i--) {
            lane.waiting().addFirst(returned.get(i));
        }
        NodeQueue open = open(lane);
        if (open != lane) {
            open.waiting().addAll(lane.takeWaiting());
        }
        if (open != lane || !returned.isEmpty()) {
            lanes.values().stream().filter(other -> other != lane).forEach(other -> fill(other, sends));
        }
        fill(lane, sends);
        look(sends);
    }

    /** Forgets a node; returns what waited for it and what it had. */
    List<OrphanedCall> onLost(NodeConnection link) {
        List<OrphanedCall> left = new ArrayList<>();
        synchronized (this) {
            NodeQueue lane = find(link);
            if (lane != null) {
                lanes.remove(link.node().id());
                takeWaiting(lane, left);
            }
        }
        takeSent(link, left);
        return left;
    }

    /** Forgets all nodes; returns what waited for them and what they had. */
    List<OrphanedCall> takeAll() {
        List<OrphanedCall> left = new ArrayList<>();
        List<NodeConnection> links;
        synchronized (this) {
            links = links();
            lanes.values().forEach(lane -> takeWaiting(lane, left));
            lanes.clear();
        }
        links.forEach(link -> takeSent(link, left));
        return left;
    }

    private static void takeWaiting(NodeQueue lane, List<OrphanedCall> left) {
        lane.takeWaiting().forEach(departure -> left.add(OrphanedCall.waiting(departure)));
    }

    private static void takeSent(NodeConnection link, List<OrphanedCall> left) {
        left.addAll(link.takeBack());
    }

    /** Returns the links to all nodes. */
    synchronized List<NodeConnection> links() {
        return lanes.values().stream().map(NodeQueue::link).toList();
    }

    /** Returns whether calls wait here until a node has room. */
    synchronized boolean isShortOfRoom() {
        return lanes.values().stream().anyMatch(lane -> !lane.waiting().isEmpty());
    }

    /** Returns the calls that have not ended, by node: those that it has, and those that wait for it. */
    List<PendingCalls> standing() {
        List<PendingCalls> all = new ArrayList<>();
        synchronized (this) {
            for (NodeQueue lane : lanes.values()) {
                all.add(new PendingCalls(
                        "wait for node " + lane.link().nodeName() + ", from which nothing has come since then",
                        lane.waiting().stream()
                                .map(waiting ->
                                        new PendingCalls.Call(waiting.call().key(), lane.lastMove()))
                                .toList()));
            }
        }
        for (NodeConnection link : links()) {
            all.add(new PendingCalls("were sent to node " + link.nodeName() + " and have not ended", link.standing()));
        }
        return all;
    }

    @Override
    public synchronized Look look() {
        int calls = session.heldCalls();
        int slots = 0;
        for (NodeQueue lane : lanes.values()) {
            calls += lane.waiting().size() + lane.places();
            slots += lane.window().slots();
        }
        return new Look(calls, slots, pace.mean(System.nanoTime()));
    }

    private NodeQueue lane(ClusterNode node) {
        return lanes.computeIfAbsent(node.id(), id -> newLane.apply(node));
    }

    private @Nullable NodeQueue find(NodeConnection link) {
        NodeQueue lane = lanes.get(link.node().id());
        return lane != null && lane.link() == link ? lane : null;
    }

    /** Returns the lane itself if it has a free slot, or else the one with the most, if there is any. */
    private NodeQueue idleOr(NodeQueue own) {
        if (own.freeSlots() > 0) {
            return own;
        }
        NodeQueue idle = own;
        for (NodeQueue lane : lanes.values()) { // no stream: this is on the way of each call
            if (lane.freeSlots() > idle.freeSlots()) {
                idle = lane;
            }
        }
        return idle;
    }

    /** Returns the lane itself, or the least loaded other if its node starts nothing more. */
    private NodeQueue open(NodeQueue lane) {
        return lane.isClosed()
                ? lanes.values().stream()
                        .filter(other -> !other.isClosed())
                        .min(comparingDouble(NodeQueue::load))
                        .orElse(lane)
                : lane;
    }

    /** Gives a node what it has room for: what is at home there, and after that what waits for others. */
    private void fill(NodeQueue lane, List<Runnable> sends) {
        while (lane.hasRoom() && !lane.waiting().isEmpty()) {
            lane.next().ifPresent(next -> send(next, lane, sends));
        }
        while (lane.hasRoomForOthers()) {
            Optional<NodeQueue> longest = lanes.values().stream()
                    .filter(other -> !other.waiting().isEmpty())
                    .max(comparingInt(other -> other.waiting().size()));
            if (longest.isEmpty()) {
                return;
            }
            longest.get().next().ifPresent(next -> send(next, lane, sends));
        }
    }

    /** Gives a call a place in a lane, and has it sent, unless it has ended meanwhile or is about to. */
    private void send(PreparedGridCall<?> departure, NodeQueue lane, List<Runnable> sends) {
        if (departure.future().sendThrough(lane.link(), departure.call())) {
            long now = System.nanoTime();
            pace.onSent(now);
            InFlightCall sent = lane.send(departure, now);
            sends.add(() -> send(lane, sent));
        }
    }

    private void send(NodeQueue lane, InFlightCall sent) {
        if (!lane.link().send(sent)) {
            session.sendLater(sent.departure());
        }
    }

    /** Takes calls back from nodes that tell nothing while others are idle, now or when that has lasted. */
    private void look(List<Runnable> sends) {
        int free = lanes.values().stream().mapToInt(NodeQueue::freeSlots).sum();
        boolean lookAgain = false;
        for (NodeQueue lane : lanes.values()) {
            int number = Math.min(free, lane.ahead());
            if (number > 0 && System.nanoTime() - lane.lastMove() >= PATIENCE.toNanos()) {
                free -= number;
                lane.onRecall(System.nanoTime());
                sends.add(() -> lane.link().recall(number));
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

    /** Decides under the lock what to send, and sends it outside. */
    private void outsideLock(Consumer<List<Runnable>> decision) {
        List<Runnable> sends = new ArrayList<>();
        synchronized (this) {
            decision.accept(sends);
        }
        sends.forEach(Runnable::run);
    }
}
