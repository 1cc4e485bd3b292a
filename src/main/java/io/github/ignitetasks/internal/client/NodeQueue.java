package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.execution.CallQueue;
import io.github.ignitetasks.internal.execution.FifoQueue;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of a session for one node: those that wait for it, and the number that it has. Its owner guards it. */
final class NodeQueue {
    private final NodeConnection link;
    private final Window window;

    /** The calls whose keys the node owns and that have not been sent anywhere. */
    private final CallQueue<PreparedGridCall<?>> waiting = new FifoQueue<>();

    private int places;
    private boolean closed;
    private long lastMove;
    private Consumer<NodeQueue> onChange = queue -> {};
    private Listing listing = new Listing(false, false, false);

    /**
     * The lists of {@link NodeQueues} that a queue is in.
     *
     * @param free whether a slot has nothing to run
     * @param waiting whether calls wait for the node
     * @param ahead whether calls wait at the node for a slot
     */
    record Listing(boolean free, boolean waiting, boolean ahead) {
        /** Returns the listing with these values: this one if they are the same, because most changes change none. */
        Listing with(boolean nowFree, boolean nowWaiting, boolean nowAhead) {
            return free == nowFree && waiting == nowWaiting && ahead == nowAhead
                    ? this
                    : new Listing(nowFree, nowWaiting, nowAhead);
        }
    }

    NodeQueue(NodeConnection link, int slots) {
        this.link = link;
        this.window = new Window(slots);
    }

    NodeConnection link() {
        return link;
    }

    /** Sets the action that runs after each change of the queue. */
    void onChange(Consumer<NodeQueue> action) {
        onChange = action;
    }

    /** Returns the lists that the queue was in when they were last updated. */
    Listing listing() {
        return listing;
    }

    /** Returns the lists that the queue is in from now on. */
    Listing updateListing() {
        listing = listing.with(freeSlots() > 0, !waiting.isEmpty(), ahead() > 0);
        return listing;
    }

    Window window() {
        return window;
    }

    /** Adds a call that waits for the node. */
    void add(PreparedGridCall<?> preparedCall) {
        waiting.add(preparedCall);
        onChange.accept(this);
    }

    /** Adds a call that the node has returned; it goes before those that wait. */
    void addFirst(PreparedGridCall<?> preparedCall) {
        waiting.addFirst(preparedCall);
        onChange.accept(this);
    }

    /** Returns how many calls wait for the node. */
    int waiting() {
        return waiting.size();
    }

    /** Returns a copy of the calls that wait for the node. */
    List<PreparedGridCall<?>> allWaiting() {
        return waiting.all();
    }

    /** Takes the call that goes next and has not ended meanwhile. */
    Optional<PreparedGridCall<?>> next() {
        @Nullable PreparedGridCall<?> next = waiting.poll();
        while (next != null && next.future().isDone()) {
            next = waiting.poll();
        }
        onChange.accept(this);
        return Optional.ofNullable(next);
    }

    /** Takes all waiting calls. */
    List<PreparedGridCall<?>> takeWaiting() {
        List<PreparedGridCall<?>> all = waiting.takeAll();
        onChange.accept(this);
        return all;
    }

    /** Returns how many calls the node has that take a slot, or will once they get one. */
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

    /** Returns how long the calls that wait at the node for a slot will take, in nanoseconds, by recent run times. */
    double nanosAhead() {
        return window.nanos(ahead());
    }

    /** Returns how many calls there are for each slot. */
    double load() {
        return (double) (places + waiting.size()) / window.slots();
    }

    boolean hasRoom() {
        return !closed && places < window.size();
    }

    /**
     * Returns whether the node may have one more call whose key another node owns. It gets one call ahead for each
     * slot, so that no slot is idle while the next call is on its way.
     */
    boolean hasRoomForOthers() {
        return hasRoom() && places < 2 * window.slots();
    }

    /** Returns whether the node starts no more calls. */
    boolean isClosed() {
        return closed;
    }

    /** Returns when the node last replied, or when it last got a call while it had none, by {@code System.nanoTime}. */
    long lastMove() {
        return lastMove;
    }

    /** Takes a place for a call that is about to be sent. */
    InFlightCall send(PreparedGridCall<?> preparedCall, long now) {
        if (places == 0) {
            lastMove = now;
        }
        places++;
        onChange.accept(this);
        return new InFlightCall(preparedCall, true, now);
    }

    void giveUpPlace() {
        places--;
        onChange.accept(this);
    }

    /** Handles the node's reply. */
    void onReply(Reply reply, List<InFlightCall.Answer> answers, long now) {
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
        onChange.accept(this);
    }

    /** Notes that the node was asked to return waiting calls, so that it is not asked again at once. */
    void onRecall(long now) {
        lastMove = now;
    }
}
