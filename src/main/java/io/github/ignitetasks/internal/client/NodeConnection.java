package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.codec.CodeOrigin;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.session.Trampoline;
import io.github.ignitetasks.internal.worker.CallRequest;
import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.ClientSession;
import io.github.ignitetasks.internal.worker.CloseClientSession;
import io.github.ignitetasks.internal.worker.Exchange;
import io.github.ignitetasks.internal.worker.NodeDeath;
import io.github.ignitetasks.internal.worker.PeerClassLoading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.apache.ignite.IgniteCompute;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;

/**
 * A session's way to one node and back: one {@link Exchange} waits there for what the worker has to tell, and one may be
 * on its way. What there is to send while neither is goes at once, the rest gathers until the first is back; so batches
 * come from load alone, and no timer delays anything.
 *
 * <p>Safe to share between threads.
 */
final class NodeConnection {
    private static final int MAX_BATCH = 512;
    private static final int MAX_UNDER_WAY = 2;

    private final GridSession session;
    private final ClusterNode node;
    private final IgniteCompute compute;
    private final ClientSession client;
    private final UUID grid;
    private final PeerClassLoading peers;

    /** What has not been sent, in order; guarded by this. */
    private final Queue<Parcel> outbox = new ArrayDeque<>();

    /** What was handed to this link and has not ended, by key; guarded by this. */
    private Map<String, InFlightCall> out = new HashMap<>();

    /** How many calls were told of and are about to be dealt with; guarded by this. */
    private int told;

    private long exchanges; // guarded by this
    private long received; // guarded by this
    private int underWay; // guarded by this
    private boolean used; // guarded by this
    private boolean lost; // guarded by this

    private sealed interface Parcel {
        record Call(CallRequest call) implements Parcel {}

        record Cancel(String key) implements Parcel {}

        record Recall(int number) implements Parcel {}
    }

    NodeConnection(GridSession session, ClusterNode node, IgniteCompute compute) {
        this.session = session;
        this.node = node;
        this.compute = compute;
        this.client = session.newClientSession();
        this.grid = session.gridId();
        this.peers = PeerClassLoading.of(session.ignite());
    }

    ClusterNode node() {
        return node;
    }

    String nodeName() {
        return node.consistentId().toString();
    }

    /** Returns the death of the node, if it has died. */
    NodeDeath death() {
        return new NodeDeath(node.id(), nodeName());
    }

    /** Returns whether the session is on another grid by now, which does not know what this one's claims counted. */
    boolean isOfAnotherGrid() {
        return !grid.equals(session.gridId());
    }

    /** Sends a call to the node; returns false if that is lost. */
    boolean send(InFlightCall sent) {
        PreparedGridCall<?> preparedCall = sent.preparedCall();
        String key = preparedCall.call().key();
        synchronized (this) {
            if (lost) {
                return false;
            }
            out.put(key, sent);
            outbox.add(new Parcel.Call(preparedCall.call()));
            if (preparedCall.future().isCancelled()) {
                outbox.add(new Parcel.Cancel(key)); // the first may have gone to where the call was before
            }
        }
        pump();
        return true;
    }

    /** Asks the node to cancel a call that was sent there. */
    void cancel(String key) {
        post(new Parcel.Cancel(key));
    }

    /** Asks the node to give back so many calls that have not started. */
    void recall(int number) {
        post(new Parcel.Recall(number));
    }

    private void post(Parcel parcel) {
        synchronized (this) {
            outbox.add(parcel);
        }
        pump();
    }

    @SuppressWarnings("serial") // Ignite never writes this listener
    private void pump() {
        for (Exchange next = next(); next != null; next = next()) {
            Exchange exchange = next;
            IgniteFuture<Exchange.Reply> reply;
            try {
                reply = node.isLocal() ? exchange.callHere(session.ignite()) : compute.callAsync(exchange);
            } catch (RuntimeException e) {
                session.asyncGrid().executor().execute(() -> onProblem(exchange, e));
                continue;
            }
            reply.listen(answer -> onAnswer(exchange, answer));
        }
    }

    /**
     * Goes on with an answer: on the thread that brings it, if nothing else is under way and that thread may do what
     * follows, else on the session's own.
     */
    private void onAnswer(Exchange exchange, IgniteFuture<Exchange.Reply> answer) {
        List<InFlightCall.Answer> answers = answers(answer);
        boolean woken = wakeWaiting(answers);
        Runnable goOn = () ->
                AsyncGrid.handOn(answer, reply -> onReply(reply, answers), problem -> onProblem(exchange, problem));
        if (isAlone() && (node.isLocal() || (woken && !session.dispatch().isShortOfRoom()))) {
            Trampoline.run(goOn);
        } else {
            session.asyncGrid().executor().execute(goOn);
        }
    }

    /** Returns whether the node has one call of the session at most, and is to get no other. */
    synchronized boolean isAlone() {
        return out.size() + told <= 1 && outbox.isEmpty();
    }

    /**
     * Returns what calls an answer tells of. They are looked for before anybody is told: who is may release a key and
     * submit it again, so that another call is out under it then.
     */
    private synchronized List<InFlightCall.Answer> answers(IgniteFuture<Exchange.Reply> answer) {
        List<CallUpdate> ends;
        try {
            ends = answer.get().ends();
        } catch (RuntimeException e) {
            return List.of(); // it is dealt with as the answer
        }
        received++;
        List<InFlightCall.Answer> answers = new ArrayList<>(ends.size());
        for (CallUpdate end : ends) {
            InFlightCall sent = end.isLast() ? out.remove(end.key()) : out.get(end.key());
            if (sent != null && end instanceof CallUpdate.RunsAlone alone) {
                sent.runsAlone(alone.deaths());
            } else if (sent != null) { // else it was told before, by another node that it was sent to as well
                answers.add(new InFlightCall.Answer(sent, end));
            }
        }
        told += answers.size();
        return answers;
    }

    /**
     * Wakes the threads that wait for a state, from the thread that brings it, which may be one of the grid's: the latest
     * state first, so that who waits for one after another is woken once, and finds the others there. Returns whether
     * nothing follows but that: no call that waits for the state, no action, no question to the grid.
     */
    private static boolean wakeWaiting(List<InFlightCall.Answer> answers) {
        boolean all = !answers.isEmpty();
        for (int i = answers.size() - 1; i >= 0; i--) {
            InFlightCall.Answer answer = answers.get(i);
            all &= answer.end() instanceof CallUpdate.Told told
                    && answer.sent().preparedCall().future().completeUnheard(told.record());
        }
        return all;
    }

    /** Returns what is to be sent now: what there is, or one that waits if an end is expected and none waits. */
    private synchronized @Nullable Exchange next() {
        boolean waits = underWay > 0 || out.isEmpty();
        if (lost || underWay == MAX_UNDER_WAY || (outbox.isEmpty() && waits)) {
            return null;
        }
        used = true;
        underWay++;
        return nextBatch();
    }

    /** Takes what comes next, up to a number, and up to a call whose classes are of another loader. */
    private Exchange nextBatch() {
        List<CallRequest> calls = new ArrayList<>();
        List<String> cancelled = new ArrayList<>();
        int recalled = 0;
        for (int left = MAX_BATCH; left > 0; left--) {
            Parcel parcel = outbox.peek();
            if (parcel instanceof Parcel.Call call) {
                if (!calls.isEmpty() && !loader(call.call()).equals(loader(calls.get(0)))) {
                    break;
                }
                calls.add(call.call());
            } else if (parcel instanceof Parcel.Cancel cancel) {
                cancelled.add(cancel.key());
            } else if (parcel instanceof Parcel.Recall recall) {
                recalled += recall.number();
            } else {
                break;
            }
            outbox.remove();
        }
        return new Exchange(client, exchanges++, received, calls, cancelled, recalled, peers);
    }

    private static Optional<ClassLoader> loader(CallRequest call) {
        return call.origin().map(CodeOrigin::loader);
    }

    private void onReply(Exchange.Reply reply, List<InFlightCall.Answer> answers) {
        synchronized (this) {
            underWay--;
            told -= answers.size();
        }
        if (!session.isOver()) {
            session.dispatch().onReply(this, reply, answers);
            pump();
        }
    }

    /** What the node cannot take it will never take; if the node is gone, all that it had goes elsewhere. */
    private void onProblem(Exchange exchange, RuntimeException problem) {
        if (exchange.isEmpty() || session.isGone(node, problem)) {
            session.onLost(this, problem);
            return;
        }
        List<InFlightCall> refused = new ArrayList<>();
        synchronized (this) {
            underWay--;
            for (CallRequest call : exchange.calls()) {
                InFlightCall sent = out.remove(call.key());
                if (sent != null) {
                    refused.add(sent);
                }
            }
        }
        refused.forEach(sent -> session.crash(sent.preparedCall().future(), problem));
        session.dispatch().onRefused(this, refused);
        pump();
    }

    /** Takes back what was handed to this link and has not ended, for good. */
    synchronized List<OrphanedCall> takeBack() {
        lost = true;
        List<OrphanedCall> taken = new ArrayList<>();
        out.values().forEach(sent -> taken.add(sent.left(this)));
        out = new HashMap<>();
        return taken;
    }

    /** Returns the calls that were handed to this link and have not ended. */
    synchronized List<PendingCalls.Call> pendingCalls() {
        return out.values().stream().map(InFlightCall::pendingCalls).toList();
    }

    /** Says goodbye to the node, if that knows the session. */
    Optional<IgniteFuture<Void>> leave() {
        synchronized (this) {
            if (!used || lost) {
                return Optional.empty();
            }
        }
        return Optional.of(compute.runAsync(new CloseClientSession(client.id())));
    }
}
