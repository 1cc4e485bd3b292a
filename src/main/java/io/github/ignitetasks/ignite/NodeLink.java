package io.github.ignitetasks.ignite;

import io.github.ignitetasks.session.Cascade;
import io.github.ignitetasks.wire.CodeOrigin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
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
final class NodeLink {
    private static final int MAX_BATCH = 512;
    private static final int MAX_UNDER_WAY = 2;

    private final GridSession session;
    private final ClusterNode node;
    private final IgniteCompute compute;
    private final Guest guest;
    private final Asking here;

    /** What has not been sent, in order; guarded by this. */
    private final Queue<Parcel> outbox = new ArrayDeque<>();

    /** What was handed to this link and has not ended, by key; guarded by this. */
    private Map<String, Sent> out = new HashMap<>();

    /** How many calls were told of and are about to be dealt with; guarded by this. */
    private int told;

    private long exchanges; // guarded by this
    private int underWay; // guarded by this
    private boolean used; // guarded by this
    private boolean lost; // guarded by this

    /** What calls the reply to an exchange tells of, once they have been looked for; guarded by the link. */
    private static final class Answered {
        private @Nullable List<Sent.Answer> answers;
    }

    private sealed interface Parcel {
        record Call(WireCall call) implements Parcel {}

        record Cancel(String key) implements Parcel {}

        record Recall(int number) implements Parcel {}
    }

    NodeLink(GridSession session, ClusterNode node, IgniteCompute compute) {
        this.session = session;
        this.node = node;
        this.compute = compute;
        this.guest = session.newGuest();
        this.here = new Asking(this::goOn);
    }

    /** Goes on with an answer of this JVM: on the thread that brings it if nothing else is under way, else in turn. */
    private void goOn(Runnable action) {
        boolean alone;
        synchronized (this) {
            alone = out.size() + told <= 1 && outbox.isEmpty();
        }
        if (alone) {
            Cascade.run(action);
        } else {
            session.asking().executor().execute(action);
        }
    }

    ClusterNode node() {
        return node;
    }

    String nodeName() {
        return node.consistentId().toString();
    }

    /** Sends a call to the node; returns false if that is lost. */
    boolean send(Sent sent) {
        GridDeparture<?> departure = sent.departure();
        String key = departure.call().key();
        synchronized (this) {
            if (lost) {
                return false;
            }
            out.put(key, sent);
            outbox.add(new Parcel.Call(departure.call()));
            if (departure.future().isCancelled()) {
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

    private void pump() {
        for (Exchange next = next(); next != null; next = next()) {
            Exchange exchange = next;
            Answered answered = new Answered();
            (node.isLocal() ? here : session.asking())
                    .ask(
                            () -> send(exchange, answered),
                            reply -> onReply(reply, answered),
                            problem -> onProblem(exchange.calls(), exchange.isEmpty(), problem));
        }
    }

    private IgniteFuture<Exchange.Reply> send(Exchange exchange, Answered answered) {
        IgniteFuture<Exchange.Reply> reply =
                node.isLocal() ? exchange.callHere(session.ignite()) : compute.callAsync(exchange);
        reply.listen(answer -> wakeWaiting(answer, answered));
        return reply;
    }

    /** Wakes the threads that wait for a state, from the thread that brings it; all else is for the session's own. */
    private void wakeWaiting(IgniteFuture<Exchange.Reply> answer, Answered answered) {
        List<End> ends;
        try {
            ends = answer.get().ends();
        } catch (RuntimeException e) {
            return; // which is dealt with as the answer
        }
        for (Sent.Answer one : answers(ends, answered)) {
            if (one.end() instanceof End.Told known) {
                one.sent().departure().future().completeUnheard(known.record());
            }
        }
    }

    /**
     * Returns what calls a reply tells of. They are looked for once, before anybody is told: who is may release a key and
     * submit it again, so that another call is out under it then.
     */
    private synchronized List<Sent.Answer> answers(List<End> ends, Answered answered) {
        List<Sent.Answer> known = answered.answers;
        if (known != null) {
            return known;
        }
        List<Sent.Answer> answers = new ArrayList<>(ends.size());
        for (End end : ends) {
            Sent sent = end instanceof End.Paused ? out.get(end.key()) : out.remove(end.key());
            if (sent != null) { // else it was told before, by another node that it was sent to as well
                answers.add(new Sent.Answer(sent, end));
            }
        }
        told += answers.size();
        answered.answers = answers;
        return answers;
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
        List<WireCall> calls = new ArrayList<>();
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
        return new Exchange(guest, exchanges++, calls, cancelled, recalled);
    }

    private static Optional<ClassLoader> loader(WireCall call) {
        return call.origin().map(CodeOrigin::loader);
    }

    private void onReply(Exchange.Reply reply, Answered answered) {
        List<Sent.Answer> answers = answers(reply.ends(), answered);
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
    private void onProblem(List<WireCall> calls, boolean waited, RuntimeException problem) {
        if (waited || session.isGone(node, problem)) {
            session.onLost(this, problem);
            return;
        }
        List<Sent> refused = new ArrayList<>();
        synchronized (this) {
            underWay--;
            for (WireCall call : calls) {
                Sent sent = out.remove(call.key());
                if (sent != null) {
                    refused.add(sent);
                }
            }
        }
        refused.forEach(sent -> session.crash(sent.departure().future(), problem));
        session.dispatch().onRefused(this, refused);
        pump();
    }

    /** Takes back what was handed to this link and has not ended, for good. */
    synchronized List<GridDeparture<?>> takeBack() {
        lost = true;
        List<GridDeparture<?>> taken = new ArrayList<>();
        out.values().forEach(sent -> taken.add(sent.departure()));
        out = new HashMap<>();
        return taken;
    }

    /** Returns the calls that were handed to this link and have not ended. */
    synchronized List<Standing.Call> standing() {
        return out.values().stream().map(Sent::standing).toList();
    }

    /** Says goodbye to the node, if that knows the session. */
    Optional<IgniteFuture<Void>> leave() {
        synchronized (this) {
            if (!used || lost) {
                return Optional.empty();
            }
        }
        return Optional.of(compute.runAsync(new LeaveNode(guest.id())));
    }
}
