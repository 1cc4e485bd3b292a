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
import io.github.ignitetasks.internal.worker.Reply;
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
 * The two-way connection of a session to one node. One {@link Exchange} waits there for updates from the worker, and
 * one more may be on its way. A call goes at once if nothing is under way. If one exchange is, the session's own thread
 * sends the call, with those that have gathered by then; if two are, the calls gather until one returns. So batches form
 * under load alone, and no timer delays a call.
 *
 * <p>Safe to share between threads.
 */
final class NodeConnection {
    private static final int MAX_BATCH = 512;
    private static final int MAX_UNDER_WAY = 2;

    private final GridAccess grid;
    private final CallRouter router;
    private final ClusterNode node;
    private final IgniteCompute compute;
    private final ClientSession client;
    private final UUID gridId;
    private final PeerClassLoading peers;

    /** The parcels that have not been sent, in order; guarded by this. */
    private final Queue<Parcel> outbox = new ArrayDeque<>();

    /** The calls that were handed to this connection and have not ended, by key; guarded by this. */
    private Map<String, InFlightCall> out = new HashMap<>();

    /** How many updates have arrived and are not handled yet; guarded by this. */
    private int told;

    private long exchanges; // guarded by this
    private long received; // guarded by this
    private int underWay; // guarded by this

    /** Whether the session's own thread is about to send what has gathered; guarded by this. */
    private boolean starting;

    private boolean used; // guarded by this
    private boolean lost; // guarded by this

    private sealed interface Parcel {
        record Call(CallRequest call) implements Parcel {}

        record Cancel(String key) implements Parcel {}

        record Recall(int number) implements Parcel {}
    }

    NodeConnection(GridAccess grid, CallRouter router, ClusterNode node) {
        this.grid = grid;
        this.router = router;
        this.node = node;
        this.compute = grid.compute(node);
        this.client = grid.newClientSession();
        this.gridId = grid.id();
        this.peers = PeerClassLoading.of(grid.ignite());
    }

    ClusterNode node() {
        return node;
    }

    String nodeName() {
        return node.consistentId().toString();
    }

    /** Returns the death of the node, for a caller that knows that it died. */
    NodeDeath death() {
        return new NodeDeath(node.id(), nodeName());
    }

    /**
     * Returns whether the session is now on another grid, which does not have the death counts of this one's claims.
     */
    boolean isOfAnotherGrid() {
        return !gridId.equals(grid.id());
    }

    /** Takes a call for the node, which goes with the next {@link #start}; returns false if the node is lost. */
    boolean take(InFlightCall sent) {
        PreparedGridCall<?> preparedCall = sent.preparedCall();
        String key = preparedCall.request().key();
        synchronized (this) {
            if (lost) {
                return false;
            }
            out.put(key, sent);
            outbox.add(new Parcel.Call(preparedCall.request()));
            if (preparedCall.future().isCancelled()) {
                outbox.add(new Parcel.Cancel(key)); // an earlier cancel may have gone to the call's previous node
            }
        }
        return true;
    }

    /** Asks the node to cancel a call that was sent there. */
    void cancel(String key) {
        post(new Parcel.Cancel(key));
    }

    /** Asks the node to return some calls that have not started. */
    void recall(int number) {
        post(new Parcel.Recall(number));
    }

    private void post(Parcel parcel) {
        synchronized (this) {
            outbox.add(parcel);
        }
        pump();
    }

    /**
     * Starts the exchange that may go. If none is under way, or the node is one of this JVM, this thread starts it. If one
     * is under way, the session's own thread does, and the calls that come until then gather. If two are, the calls go
     * once one has returned.
     */
    void start() {
        synchronized (this) {
            if (starting || underWay == MAX_UNDER_WAY) {
                return;
            }
            if (underWay > 0 && !node.isLocal()) {
                grid.asyncGrid().executor().execute(this::pumpGathered);
                starting = true;
                return;
            }
        }
        pump();
    }

    private void pumpGathered() {
        synchronized (this) {
            starting = false; // first, so that a call that comes from now on has its own start
        }
        pump();
    }

    /** Starts the exchanges that may go now. */
    @SuppressWarnings("serial") // Ignite never serializes this listener
    private void pump() {
        for (Exchange next = next(); next != null; next = next()) {
            Exchange exchange = next;
            IgniteFuture<Reply> reply;
            try {
                reply = node.isLocal() ? exchange.callHere(grid.ignite()) : compute.callAsync(exchange);
            } catch (RuntimeException e) {
                grid.asyncGrid().executor().execute(() -> onProblem(exchange, e));
                continue;
            }
            reply.listen(answer -> onAnswer(exchange, answer));
        }
    }

    /**
     * Handles an answer. The thread that brings it goes on if nothing else is in flight and that thread may run the
     * rest. Otherwise the session's own thread does.
     */
    private void onAnswer(Exchange exchange, IgniteFuture<Reply> answer) {
        List<InFlightCall.Answer> answers = answers(answer);
        boolean woken = wakeWaiting(answers);
        Runnable goOn = () ->
                AsyncGrid.handOn(answer, reply -> onReply(reply, answers), problem -> onProblem(exchange, problem));
        if (isAlone() && (node.isLocal() || (woken && !router.dispatcher().isShortOfRoom()))) {
            Trampoline.run(goOn);
        } else {
            grid.asyncGrid().executor().execute(goOn);
        }
    }

    /** Returns whether the node has at most one call of the session, and none waits to be sent. */
    synchronized boolean isAlone() {
        return out.size() + told <= 1 && outbox.isEmpty();
    }

    /**
     * Returns the calls that an answer reports on. They are looked up before any future completes: a woken thread may
     * release a key and submit it again, and then another call is in flight under that key.
     */
    private List<InFlightCall.Answer> answers(IgniteFuture<Reply> answer) {
        List<CallUpdate> ends;
        try {
            ends = answer.get().ends();
        } catch (RuntimeException e) {
            return List.of(); // the reader of the answer handles the failure
        }
        passOnProgress(ends);
        return answers(ends);
    }

    private void passOnProgress(List<CallUpdate> ends) {
        for (CallUpdate end : ends) {
            if (end instanceof CallUpdate.Progress progress) {
                inFlight(progress.key())
                        .ifPresent(sent -> sent.preparedCall()
                                .future()
                                .onProgress(nodeName(), progress.attempt(), progress.latest()));
            }
        }
    }

    private synchronized Optional<InFlightCall> inFlight(String key) {
        return Optional.ofNullable(out.get(key));
    }

    private synchronized List<InFlightCall.Answer> answers(List<CallUpdate> ends) {
        received++;
        List<InFlightCall.Answer> answers = new ArrayList<>(ends.size());
        for (CallUpdate end : ends) {
            InFlightCall sent = end.isLast() ? out.remove(end.key()) : out.get(end.key());
            if (sent != null && end instanceof CallUpdate.RunsAlone alone) {
                sent.runsAlone(alone.deaths());
            } else if (sent != null
                    && !(end
                            instanceof
                            CallUpdate.Progress)) { // otherwise another node, which also had the call, has reported it
                // before
                answers.add(new InFlightCall.Answer(sent, end));
            }
        }
        told += answers.size();
        return answers;
    }

    /**
     * Wakes the threads that wait for a state, from the thread that brings it, which may be a thread of the grid. The
     * latest state comes first. So a thread that waits for several states in order wakes once and finds all of them.
     * Returns whether nothing else follows: no dependent call, no action, no request to the grid.
     */
    private static boolean wakeWaiting(List<InFlightCall.Answer> answers) {
        boolean all = !answers.isEmpty();
        for (int i = answers.size() - 1; i >= 0; i--) {
            InFlightCall.Answer answer = answers.get(i);
            all &= answer.end() instanceof CallUpdate.Told told
                    && answer.sent().preparedCall().future().completeUnheard(told);
        }
        return all;
    }

    /**
     * Returns the exchange to send now: one with the queued parcels, or an empty one if updates are expected and none
     * waits.
     */
    private synchronized @Nullable Exchange next() {
        boolean waits = underWay > 0 || out.isEmpty();
        if (lost || underWay == MAX_UNDER_WAY || (outbox.isEmpty() && waits)) {
            return null;
        }
        used = true;
        underWay++;
        return nextBatch();
    }

    /** Takes the next parcels, up to a number, and up to a call whose classes are of another loader. */
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

    private void onReply(Reply reply, List<InFlightCall.Answer> answers) {
        synchronized (this) {
            underWay--;
            told -= answers.size();
        }
        if (!router.isClosed()) {
            router.dispatcher().onReply(this, reply, answers);
            pump();
        }
    }

    /**
     * Handles a failed exchange. If the node is gone, all its calls go elsewhere; else it will never accept these
     * calls, and they crash.
     */
    private void onProblem(Exchange exchange, RuntimeException problem) {
        if (exchange.isEmpty() || router.isGone(node, problem)) {
            router.onLost(this, problem);
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
        refused.forEach(sent -> router.crash(sent.preparedCall().future(), problem));
        router.dispatcher().onRefused(this, refused);
        pump();
    }

    /**
     * Takes back, for good, the calls that were handed to this connection and have not ended. Those that have not been
     * sent cannot have started on the node.
     */
    synchronized List<OrphanedCall> takeBack() {
        lost = true;
        List<OrphanedCall> taken = new ArrayList<>();
        for (Parcel parcel : outbox) {
            if (parcel instanceof Parcel.Call unsent) {
                InFlightCall call = out.remove(unsent.call().key());
                if (call != null) {
                    taken.add(OrphanedCall.waiting(call.preparedCall()));
                }
            }
        }
        outbox.clear();
        out.values().forEach(sent -> taken.add(sent.left(this)));
        out = new HashMap<>();
        return taken;
    }

    /** Returns the calls that were handed to this connection and have not ended. */
    synchronized List<PendingCalls.Call> pendingCalls() {
        return out.values().stream().map(InFlightCall::pendingCalls).toList();
    }

    /** Tells the node that the session is over, if the node knows the session. */
    Optional<IgniteFuture<Void>> leave() {
        synchronized (this) {
            if (!used || lost) {
                return Optional.empty();
            }
        }
        return Optional.of(compute.runAsync(new CloseClientSession(client.id())));
    }
}
