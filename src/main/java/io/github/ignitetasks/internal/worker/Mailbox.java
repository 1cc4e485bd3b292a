package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.protocol.StateRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The updates that a worker has for one session, until an {@link Exchange} of that session takes them. */
final class Mailbox {
    /** The size at which a reply takes no more states; the state that exceeds it is its last. */
    private static final long MAX_REPLY_BYTES = 16 << 20;

    private final SequentialExecutor deliveries = new SequentialExecutor();
    private List<CallUpdate> ends = new ArrayList<>(); // guarded by this

    /** The latest progress of each running call, which goes before the other updates; guarded by this. */
    private final Map<String, CallUpdate.Progress> progress = new LinkedHashMap<>();

    /** The exchange that waits for updates; guarded by this. */
    private @Nullable Waiter held;

    private boolean closed; // guarded by this

    /** How many replies have taken updates; guarded by this. */
    private long replies;

    /** The futures that complete once the session has received a reply, by that reply's number; guarded by this. */
    private final SortedMap<Long, CompletableFuture<Void>> unreceived = new TreeMap<>();

    /** Returns the executor that keeps the session's exchanges in order, because two may be in flight at a time. */
    SequentialExecutor deliveries() {
        return deliveries;
    }

    /**
     * Holds a waiter until there are updates to take; returns false if there are some already. The waiter that was held
     * before goes on, because a session waits with only one.
     */
    boolean hold(Waiter waiter) {
        while (true) {
            letGo(takeHeld()); // first, because a job goes on in this thread, and a thread holds one at a time
            synchronized (this) {
                if (!ends.isEmpty() || !progress.isEmpty() || closed) {
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

    /**
     * Takes the updates for a reply: all of them, but no more states than fit into one. States that stay come with the
     * next reply, in their order.
     *
     * @param inlineResultBytes the size of a record above which only its head is sent
     */
    synchronized List<CallUpdate> take(long inlineResultBytes) {
        replies++;
        List<CallUpdate> taken = new ArrayList<>(progress.size() + ends.size());
        taken.addAll(progress.values());
        progress.clear();
        List<CallUpdate> left = new ArrayList<>(0);
        long bytes = 0;
        for (CallUpdate end : ends) {
            if (!(end instanceof CallUpdate.Told told)) {
                taken.add(end);
            } else if (bytes < MAX_REPLY_BYTES) {
                taken.add(end);
                bytes += StateRecord.sentBytes(told.record(), inlineResultBytes);
            } else {
                left.add(end);
            }
        }
        ends = left;
        return taken;
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

    /** Posts how far a call is, in place of what the session has not taken yet. */
    void post(CallUpdate.Progress latest) {
        synchronized (this) {
            if (closed) {
                return;
            }
            progress.merge(latest.key(), latest, (known, next) -> next.attempt() < known.attempt() ? known : next);
        }
        letGo(takeHeld());
    }

    /** Posts an update. The future completes when the session has received it or has left, or when this node ends. */
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

    /** Notes how many replies the session has received. */
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

    /** Returns whether the session has taken all last updates; a note that a call goes on does not count. */
    synchronized boolean isEmpty() {
        return ends.stream().noneMatch(CallUpdate::isLast);
    }

    /** Returns whether the session has left or this node ends. */
    synchronized boolean isClosed() {
        return closed;
    }

    /** Releases the present waiter and all future ones. */
    void close() {
        synchronized (this) {
            closed = true;
            ends = new ArrayList<>();
            progress.clear();
        }
        onReceived(Long.MAX_VALUE - 1);
        letGo(takeHeld());
    }

    private static void letGo(@Nullable Waiter waiter) {
        if (waiter != null) {
            waiter.go();
        }
    }

    /** A party that waits for updates. */
    interface Waiter {

        /** Notes that the waiter is held; go() is not called before this method has returned. */
        void hold();

        /** Goes on, and takes the updates. */
        void go();
    }
}
