package io.github.ignitetasks.ignite;

import io.github.ignitetasks.wire.CodeOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ignite.IgniteCompute;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;

/**
 * A session's way to one node and back. What is sent while nothing is under way goes at once, what is sent meanwhile
 * goes together when that has arrived; so batches come from load alone, and no timer delays anything.
 *
 * <p>Safe to share between threads.
 */
final class NodeLink {
    private static final int MAX_BATCH = 512;

    private final GridSession session;
    private final ClusterNode node;
    private final IgniteCompute compute;

    /** What has not been sent, in order: calls, and keys to cancel. */
    private final Queue<Parcel> outbox = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean opened = new AtomicBoolean();
    private final AtomicBoolean sending = new AtomicBoolean();

    /** What was handed to this link and has not ended. */
    private final ConcurrentMap<String, GridDeparture<?>> out = new ConcurrentHashMap<>();

    /** Set before what is out is taken back for the last time. */
    private volatile boolean lost;

    private sealed interface Parcel {
        record Call(WireCall call) implements Parcel {}

        record Cancel(String key) implements Parcel {}
    }

    NodeLink(GridSession session, ClusterNode node, IgniteCompute compute) {
        this.session = session;
        this.node = node;
        this.compute = compute;
    }

    String nodeName() {
        return node.consistentId().toString();
    }

    /** Sends a call to the node. */
    void send(GridDeparture<?> departure) {
        String key = departure.call().key();
        out.put(key, departure);
        if (lost) {
            if (out.remove(key, departure)) {
                session.sendLater(departure);
            }
            return;
        }
        post(new Parcel.Call(departure.call()));
        if (departure.future().isCancelled()) {
            cancel(key); // once more: the first may have overtaken the call, or gone to where it was before
        }
    }

    /** Asks the node to cancel a call that was sent there. */
    void cancel(String key) {
        post(new Parcel.Cancel(key));
    }

    private void post(Parcel parcel) {
        outbox.add(parcel);
        pump();
    }

    /** Starts to wait for what the node has to tell, once. */
    void open() {
        if (opened.compareAndSet(false, true)) {
            awaitEnds();
        }
    }

    private void pump() {
        while (!outbox.isEmpty() && sending.compareAndSet(false, true)) {
            DeliverCalls batch = nextBatch();
            if (batch.isEmpty()) {
                sending.set(false); // somebody else sent it; look again, as more may have come since
                continue;
            }
            session.ask(() -> compute.callAsync(batch), delivered -> sent(), problem -> onUndelivered(batch, problem));
            return;
        }
    }

    private void sent() {
        sending.set(false);
        pump();
    }

    /** Takes what comes next, up to a number, and up to a call whose classes are of another loader. */
    private DeliverCalls nextBatch() {
        List<WireCall> calls = new ArrayList<>();
        List<String> cancelled = new ArrayList<>();
        for (int left = MAX_BATCH; left > 0; left--) {
            Parcel parcel = outbox.peek();
            if (parcel instanceof Parcel.Call call) {
                if (!calls.isEmpty() && !loader(call.call()).equals(loader(calls.get(0)))) {
                    break;
                }
                calls.add(call.call());
            } else if (parcel instanceof Parcel.Cancel cancel) {
                cancelled.add(cancel.key());
            } else {
                break;
            }
            outbox.remove(); // nobody else does: who sends has the outbox to itself
        }
        return new DeliverCalls(session.guest(), calls, cancelled);
    }

    private static Optional<ClassLoader> loader(WireCall call) {
        return call.origin().map(CodeOrigin::loader);
    }

    /** What the node cannot take it will never take; if the node is gone, all that it had goes elsewhere. */
    private void onUndelivered(DeliverCalls batch, RuntimeException problem) {
        if (session.isGone(node, problem)) {
            session.onLost(this, problem);
        } else {
            for (WireCall call : batch.calls()) {
                GridDeparture<?> departure = out.remove(call.key());
                if (departure != null) {
                    session.crash(departure.future(), problem);
                }
            }
            sent();
        }
    }

    private void awaitEnds() {
        session.ask(
                () -> compute.callAsync(new AwaitEnds(session.guest())),
                this::onEnds,
                problem -> session.onLost(this, problem));
    }

    private void onEnds(AwaitEnds.@Nullable Ends ends) {
        if (session.isOver()) {
            return;
        }
        awaitEnds();
        if (ends != null) {
            ends.list().forEach(this::onEnd);
        }
    }

    private void onEnd(End end) {
        GridDeparture<?> departure = out.remove(end.key());
        if (departure == null) {
            return; // told before, by another node that it was sent to as well
        }
        if (end instanceof End.Told told) {
            departure.future().complete(told.record());
        } else if (end instanceof End.Elsewhere elsewhere) {
            session.sendTo(elsewhere.node(), departure);
        } else if (end instanceof End.Missing missing) {
            session.putBack(missing.upstreams(), departure);
        }
    }

    /** Takes back what was handed to this link and has not ended; what is handed to it later goes elsewhere. */
    List<GridDeparture<?>> takeBack() {
        lost = true;
        List<GridDeparture<?>> taken = new ArrayList<>();
        for (String key : out.keySet()) {
            GridDeparture<?> departure = out.remove(key);
            if (departure != null) {
                taken.add(departure);
            }
        }
        return taken;
    }

    /** Says goodbye to the node. */
    IgniteFuture<Void> leave() {
        return compute.runAsync(new LeaveNode(session.guest().id()));
    }

    ClusterNode node() {
        return node;
    }
}
