package io.github.ignitetasks.internal.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a worker has to tell one session, until an {@link Exchange} of that session takes it. */
final class Mailbox {
    private final SequentialExecutor deliveries = new SequentialExecutor();
    private List<CallUpdate> ends = new ArrayList<>(); // guarded by this

    /** Who waits for an end; guarded by this. */
    private @Nullable Waiter held;

    private boolean closed; // guarded by this

    /** How many replies have taken what there was; guarded by this. */
    private long replies;

    /** What waits until the session has got a reply, by the number of that; guarded by this. */
    private final SortedMap<Long, CompletableFuture<Void>> unreceived = new TreeMap<>();

    /** Returns what keeps the session's exchanges in order, as two may be on their way at a time. */
    SequentialExecutor deliveries() {
        return deliveries;
    }

    /**
     * Holds one who waits, until there is something to take; returns false if there is. The one that was held before
     * goes: a session waits with one.
     */
    boolean hold(Waiter waiter) {
        while (true) {
            letGo(takeHeld()); // first, as a job goes on in this thread, which holds one at a time
            synchronized (this) {
                if (!ends.isEmpty() || closed) {
                    return false;
                }
                if (held == null) {
                    waiter.hold();
                    held = waiter;
                    return true;
                }
            }
        }
    }

    private synchronized @Nullable Waiter takeHeld() {
        Waiter waiter = held;
        held = null;
        return waiter;
    }

    /** Takes all that there is. */
    synchronized List<CallUpdate> take() {
        replies++;
        List<CallUpdate> all = ends;
        ends = new ArrayList<>();
        return all;
    }

    void post(List<CallUpdate> more) {
        synchronized (this) {
            if (closed) {
                return;
            }
            ends.addAll(more);
        }
        letGo(takeHeld());
    }

    /** Posts something; completes when the session has got it, or has left, or this node ends. */
    CompletableFuture<Void> postReceived(CallUpdate end) {
        CompletableFuture<Void> received;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.completedFuture(null);
            }
            received = unreceived.computeIfAbsent(replies + 1, number -> new CompletableFuture<>());
        }
        post(List.of(end));
        return received;
    }

    /** Takes note of how many replies the session has got. */
    void onReceived(long number) {
        List<CompletableFuture<Void>> received;
        synchronized (this) {
            if (unreceived.isEmpty()) {
                return;
            }
            SortedMap<Long, CompletableFuture<Void>> got = unreceived.headMap(number + 1);
            received = List.copyOf(got.values());
            got.clear();
        }
        received.forEach(each -> each.complete(null));
    }

    /** Returns whether the session has taken all ends that there were; a note that a call goes on is none. */
    synchronized boolean isEmpty() {
        return ends.stream().noneMatch(CallUpdate::isLast);
    }

    /** Returns whether its session has left, or this node ends. */
    synchronized boolean isClosed() {
        return closed;
    }

    /** Lets go who waits, now and later. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        take();
        onReceived(Long.MAX_VALUE - 1);
        letGo(takeHeld());
    }

    private static void letGo(@Nullable Waiter waiter) {
        if (waiter != null) {
            waiter.go();
        }
    }

    /** One who waits for ends. */
    interface Waiter {

        /** Is told that it is held; nobody lets it go before this has returned. */
        void hold();

        /** Goes on, and takes what there is. */
        void go();
    }
}
