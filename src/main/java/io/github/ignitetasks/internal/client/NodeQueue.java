package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.Exchange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A session's calls for one node: those that wait for it, and how many it has. To be guarded by its owner. */
final class NodeQueue {
    private final NodeConnection link;
    private final Window window;

    /** What is at home on the node and has not been sent anywhere. */
    private final Deque<PreparedGridCall<?>> waiting = new ArrayDeque<>();

    private int places;
    private boolean closed;
    private long lastMove;

    NodeQueue(NodeConnection link, int slots) {
        this.link = link;
        this.window = new Window(slots);
    }

    NodeConnection link() {
        return link;
    }

    Window window() {
        return window;
    }

    Deque<PreparedGridCall<?>> waiting() {
        return waiting;
    }

    /** Takes what has waited longest and has not ended meanwhile. */
    Optional<PreparedGridCall<?>> next() {
        PreparedGridCall<?> next = waiting.poll();
        while (next != null && next.future().isDone()) {
            next = waiting.poll();
        }
        return Optional.ofNullable(next);
    }

    /** Takes all that waits. */
    List<PreparedGridCall<?>> takeWaiting() {
        List<PreparedGridCall<?>> all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }

    /** Returns how many calls the node has that take a slot, or will when it has one. */
    int places() {
        return places;
    }

    /** Returns how many of the node's slots have nothing to run. */
    int freeSlots() {
        return closed ? 0 : Math.max(0, window.slots() - places);
    }

    /** Returns how many calls wait at the node for a slot. */
    int ahead() {
        return Math.max(0, places - window.slots());
    }

    /** Returns how many calls there are for each slot. */
    double load() {
        return (double) (places + waiting.size()) / window.slots();
    }

    boolean hasRoom() {
        return !closed && places < window.size();
    }

    /**
     * Returns whether the node may have one more call that is at home elsewhere: it gets one ahead for each slot, so that
     * no slot is empty while the next call is on its way.
     */
    boolean hasRoomForOthers() {
        return hasRoom() && places < 2 * window.slots();
    }

    /** Returns whether the node starts nothing more. */
    boolean isClosed() {
        return closed;
    }

    /** Returns when something came back, or went to the node while it had nothing, by {@code System.nanoTime}. */
    long lastMove() {
        return lastMove;
    }

    /** Takes a place for a call that is about to be sent. */
    InFlightCall send(PreparedGridCall<?> preparedCall, long now) {
        if (places == 0) {
            lastMove = now;
        }
        places++;
        return new InFlightCall(preparedCall, true, now);
    }

    void giveUpPlace() {
        places--;
    }

    /** Takes what the node tells. */
    void onReply(Exchange.Reply reply, List<InFlightCall.Answer> answers, long now) {
        lastMove = now;
        closed |= reply.isDraining();
        window.slots(reply.slots());
        for (InFlightCall.Answer answer : answers) {
            if (answer.sent().giveUpPlace()) {
                places--;
                if (answer.end() instanceof CallUpdate.Told told) {
                    window.onEnd(StateRecord.nanos(told.record()));
                }
            }
        }
    }

    /** Takes note that the node is asked to give back what waits there, so that it is not asked again at once. */
    void onRecall(long now) {
        lastMove = now;
    }
}
