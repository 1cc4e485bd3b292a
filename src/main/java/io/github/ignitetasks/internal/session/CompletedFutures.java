package io.github.ignitetasks.internal.session;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentMap;

/**
 * The futures of a session that have ended. It keeps the latest of them and forgets earlier ones whose states are also
 * kept elsewhere. So a session may live for ever, in the memory that its latest tasks take. Safe to share between
 * threads.
 */
final class CompletedFutures {
    private final int maxKept;
    private final long maxBytes;

    /** All futures of the session, by key. */
    private final ConcurrentMap<String, KeyedFuture<?>> futures;

    /** The keys that may be forgotten, oldest first; some may have been released by now. Guarded by this. */
    private final Queue<Kept> kept = new ArrayDeque<>();

    private long bytes; // guarded by this

    private boolean forgotten; // whether any future ever was; guarded by this

    /**
     * A key that has ended. It does not refer to the future, so that nothing holds a future that was released.
     *
     * @param key the key
     * @param bytes the size of its state; for a repeated entry, how much that has grown
     */
    private record Kept(String key, int bytes) {}

    /** Makes the bookkeeping for a session; forgotten futures are removed from this map. */
    CompletedFutures(ConcurrentMap<String, KeyedFuture<?>> futures, int maxKept, long maxBytes) {
        this.futures = futures;
        this.maxKept = maxKept;
        this.maxBytes = maxBytes;
    }

    /** Adds a future that has ended. */
    void add(KeyedFuture<?> future) {
        if (future.isKeptElsewhere()) {
            keep(future);
        }
    }

    private synchronized void keep(KeyedFuture<?> future) {
        if (!future.isReleased()) { // a thread that waited for it may have released it
            keep(new Kept(future.key(), future.stateBytes()));
        }
    }

    /** Counts more bytes for the state of a future that has ended. */
    synchronized void grow(KeyedFuture<?> future, int more) {
        if (futures.get(future.key()) == future) {
            keep(new Kept(future.key(), more));
        }
    }

    /** Called under the lock. */
    private void keep(Kept last) {
        kept.add(last);
        bytes += last.bytes();
        while (kept.size() > maxKept || bytes > maxBytes) {
            Kept first = kept.remove();
            bytes -= first.bytes();
            forget(first.key());
        }
    }

    /** Called under the lock. */
    private void forget(String key) {
        KeyedFuture<?> future = futures.get(key);
        if (future == null || !future.isDone() || !future.isKeptElsewhere()) {
            return; // the key was released, and may have been submitted again
        }
        forgotten |= futures.remove(key, future);
    }

    /**
     * Restores a forgotten future that is about to be released as the one of its key; returns false if the key has
     * another future.
     */
    synchronized boolean recall(KeyedFuture<?> future) {
        if (future.isReleased()) {
            return futures.get(future.key()) == future;
        }
        KeyedFuture<?> known = futures.putIfAbsent(future.key(), future);
        return known == null || known == future;
    }

    /** Returns whether any future was forgotten, so that a key without a future may have been submitted here. */
    synchronized boolean haveBeenForgotten() {
        return forgotten;
    }
}
