package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.Requirements;
import io.github.ignitetasks.internal.execution.CallQueue;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.NodeResources;
import io.github.ignitetasks.internal.worker.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of a session for one node: those that wait for it, and the number that it has. Its owner guards it. */
final class NodeQueue {
    private final NodeConnection link;
    private final Window window;
    private final RequirementCounts counts = new RequirementCounts();

    /** The calls whose keys the node owns and that have not been sent anywhere. */
    private final CallQueue<PreparedGridCall<?>> waiting = newQueue();

    /** The calls that only this node may run. */
    private final CallQueue<PreparedGridCall<?>> bound = newQueue();

    private int places;
    private int boundPlaces; // of calls that no other node may have
    private boolean closed;

    /** Whether the node was asked to return calls and has moved none on since. */
    private boolean stuck;

    private long lastMove;
    private long lastReply;
    private Consumer<NodeQueue> onChange = queue -> {};
    private Listing listing = new Listing(false, false, false, false);

    /**
     * The lists of {@link NodeQueues} that a queue is in.
     *
     * @param free whether a slot has nothing to run
     * @param waiting whether calls wait for the node that another one may have
     * @param bound whether calls wait for the node that no other one may have
     * @param ahead whether calls wait at the node for a slot that another node may have
     */
    record Listing(boolean free, boolean waiting, boolean bound, boolean ahead) {
        /** Returns the listing with these values: this one if they are the same, because most changes change none. */
        Listing with(boolean nowFree, boolean nowWaiting, boolean nowBound, boolean nowAhead) {
            return free == nowFree && waiting == nowWaiting && bound == nowBound && ahead == nowAhead
                    ? this
                    : new Listing(nowFree, nowWaiting, nowBound, nowAhead);
        }
    }

    NodeQueue(NodeConnection link, int slots) {
        this.link = link;
        this.window = new Window(slots);
    }

    private static CallQueue<PreparedGridCall<?>> newQueue() {
        return new CallQueue<>(PreparedGridCall::priority, call -> Requirements.none());
    }

    NodeConnection link() {
        return link;
    }

    /** Returns whether the node can ever run calls with these requirements, and still starts calls. */
    boolean has(Requirements needed) {
        return !closed && (!needed.concernNodes() || resources().has(needed));
    }

    /** Returns how much of a resource the node has. */
    int amount(String resource) {
        return resources().amount(resource);
    }

    /** Returns what the node has of what is needed, for people. */
    String describe(Requirements needed) {
        return resources().describe(needed);
    }

    private NodeResources resources() {
        return new NodeResources(link.node());
    }

    /** Returns what the calls need that the node has. */
    RequirementCounts counts() {
        return counts;
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
        listing = listing.with(freeSlots() > 0, !waiting.isEmpty(), !bound.isEmpty(), ahead() > 0);
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

    /** Adds a call that waits for the node, and that no other node may have. */
    void addBound(PreparedGridCall<?> preparedCall) {
        bound.add(preparedCall);
        onChange.accept(this);
    }

    /** Adds a call that the node has returned; it goes before those that wait. */
    void addFirst(PreparedGridCall<?> preparedCall) {
        waiting.addFirst(preparedCall);
        onChange.accept(this);
    }

    /** Returns how many calls wait for the node. */
    int waiting() {
        return waiting.size() + bound.size();
    }

    /** Returns a copy of the calls that wait for the node. */
    List<PreparedGridCall<?>> allWaiting() {
        List<PreparedGridCall<?>> all = new ArrayList<>(bound.all());
        all.addAll(waiting.all());
        return all;
    }

    /** Takes the call that goes to this node next and has not ended meanwhile: first one that no other may have. */
    Optional<PreparedGridCall<?>> next() {
        Optional<PreparedGridCall<?>> next = next(bound);
        return next.isPresent() ? next : nextUnbound();
    }

    /** Takes the call that goes next to any node and has not ended meanwhile. */
    Optional<PreparedGridCall<?>> nextUnbound() {
        return next(waiting);
    }

    private Optional<PreparedGridCall<?>> next(CallQueue<PreparedGridCall<?>> queue) {
        @Nullable PreparedGridCall<?> next = queue.poll();
        while (next != null && next.future().isDone()) {
            next = queue.poll();
        }
        onChange.accept(this);
        return Optional.ofNullable(next);
    }

    /** Takes all waiting calls. */
    List<PreparedGridCall<?>> takeWaiting() {
        List<PreparedGridCall<?>> all = new ArrayList<>(bound.takeAll());
        all.addAll(takeUnbound());
        return all;
    }

    /** Takes the waiting calls that another node may have. */
    List<PreparedGridCall<?>> takeUnbound() {
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

    /** Returns how many calls wait at the node for a slot, at least, that another node may have. */
    int ahead() {
        return Math.max(0, Math.min(places - window.slots(), places - boundPlaces));
    }

    /** Returns how long the calls that wait at the node for a slot will take, in nanoseconds, by recent run times. */
    double nanosAhead() {
        return window.nanos(ahead());
    }

    /** Returns how many calls there are for each slot. */
    double load() {
        return (double) (places + waiting()) / window.slots();
    }

    /** Returns whether the node may have one more call. */
    boolean hasRoom() {
        return !closed && places < window.size();
    }

    /**
     * Returns whether the node may have one more of the calls that wait. While it is stuck it gets none of them ahead of
     * its slots, or a returned call would come back. New calls go there all the same: their key may run or have a record.
     */
    boolean hasRoomForWaiting() {
        return hasRoom() && (!stuck || places < window.slots());
    }

    /**
     * Returns whether the node may have one more call whose key another node owns. It gets one call ahead for each
     * slot, so that no slot is idle while the next call is on its way.
     */
    boolean hasRoomForOthers() {
        return hasRoomForWaiting() && places < 2 * window.slots();
    }

    /** Returns whether the node starts no more calls. */
    boolean isClosed() {
        return closed;
    }

    /**
     * Returns when the node last moved a call on, was asked to return calls, or got a call for a free slot, by {@code
     * System.nanoTime}.
     */
    long lastMove() {
        return lastMove;
    }

    /** Returns when the node last replied, or when it last got a call while it had none, by {@code System.nanoTime}. */
    long lastReply() {
        return lastReply;
    }

    /** Takes a place for a call that is about to be sent. */
    InFlightCall send(PreparedGridCall<?> preparedCall, long now) {
        lastReply = places == 0 ? now : lastReply;
        lastMove = freeSlots() > 0 ? now : lastMove;
        places++;
        boundPlaces += preparedCall.isBound() ? 1 : 0;
        counts.add(preparedCall.requirements());
        onChange.accept(this);
        return new InFlightCall(preparedCall, true, now);
    }

    /** Notes that the node has refused a call. */
    void onRefused(InFlightCall sent) {
        if (sent.giveUpPlace()) {
            freePlace(sent);
        }
        endRequirements(sent);
        onChange.accept(this);
    }

    private void endRequirements(InFlightCall sent) {
        if (sent.endRequirements()) {
            counts.remove(sent.preparedCall().requirements());
        }
    }

    private void freePlace(InFlightCall sent) {
        places--;
        boundPlaces -= sent.preparedCall().isBound() ? 1 : 0;
    }

    /** Handles the node's reply. */
    void onReply(Reply reply, List<InFlightCall.Answer> answers, long now) {
        lastReply = now;
        if (answers.stream().anyMatch(NodeQueue::isMove)) {
            lastMove = now;
            stuck = false;
        }
        closed |= reply.isDraining();
        window.slots(reply.slots());
        for (InFlightCall.Answer answer : answers) {
            if (answer.end().isLast()) {
                endRequirements(answer.sent());
            }
            if (answer.sent().giveUpPlace()) {
                freePlace(answer.sent());
                if (answer.end() instanceof CallUpdate.Told told) {
                    window.onEnd(StateRecord.nanos(told.record()));
                }
            }
        }
        onChange.accept(this);
    }

    /** Returns whether an update shows that a slot has gone on to the next call. */
    private static boolean isMove(InFlightCall.Answer answer) {
        CallUpdate end = answer.end();
        boolean isFound = end instanceof CallUpdate.Told told && told.isFound();
        return !isFound && !(end instanceof CallUpdate.Returned) && !(end instanceof CallUpdate.Elsewhere);
    }

    /** Notes that the node was asked to return waiting calls, so that it is not asked again at once. */
    void onRecall(long now) {
        lastMove = now;
        stuck = true;
    }
}
