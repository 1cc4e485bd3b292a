package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.StateType;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Queue;
import java.util.concurrent.ConcurrentMap;

/**
 * The futures of a session that have ended. It keeps those that ended last, and forgets earlier ones whose states are
 * kept elsewhere too: so a session may live for ever, and takes no more memory than its latest tasks do. Safe to share
 * between threads.
 */
final class CompletedFutures {
    private static final int MAX_KEPT = 65_536;
    private static final long MAX_BYTES = 64L << 20;

    /** All that the session knows, by key. */
    private final ConcurrentMap<String, KeyedFuture<?>> futures;

    /** What can be forgotten, the first first; it may have been released by now. Guarded by this. */
    private final Queue<Kept> kept = new ArrayDeque<>();

    private long bytes; // guarded by this

    /** How many that were forgotten had ended how; guarded by this. */
    private final EnumMap<StateType, Long> forgotten = new EnumMap<>(StateType.class);

    /**
     * A key that has ended, without its future, so that one that is released is held by nobody.
     *
     * @param key the key
     * @param bytes what its state takes, or takes more since the key was put here first
     */
    private record Kept(String key, int bytes) {}

    /** Takes the futures of the session, by key, from which it removes what is forgotten. */
    CompletedFutures(ConcurrentMap<String, KeyedFuture<?>> futures) {
        this.futures = futures;
    }

    /** Takes a future that has ended. */
    void add(KeyedFuture<?> future) {
        if (future.isKeptElsewhere()) {
            keep(future);
        }
    }

    private synchronized void keep(KeyedFuture<?> future) {
        if (!future.isReleased()) { // by who waited for it
            keep(new Kept(future.key(), future.stateBytes()));
        }
    }

    /** Takes that the state of a future that has ended takes so many bytes more. */
    synchronized void grow(KeyedFuture<?> future, int more) {
        if (futures.get(future.key()) == future) {
            keep(new Kept(future.key(), more));
        }
    }

    /** Called under the lock. */
    private void keep(Kept last) {
        kept.add(last);
        bytes += last.bytes();
        while (kept.size() > MAX_KEPT || bytes > MAX_BYTES) {
            Kept first = kept.remove();
            bytes -= first.bytes();
            forget(first.key());
        }
    }

    /** Called under the lock. */
    private void forget(String key) {
        KeyedFuture<?> future = futures.get(key);
        if (future == null || !future.isDone() || !future.isKeptElsewhere()) {
            return; // it was released, and may have been submitted again
        }
        if (futures.remove(key, future)) {
            forgotten.merge(future.endType(), 1L, Long::sum);
        }
    }

    /** Has a future that is to be released, and was forgotten, be that of its key again; returns whether it is. */
    synchronized boolean recall(KeyedFuture<?> future) {
        if (future.isReleased()) {
            return futures.get(future.key()) == future;
        }
        KeyedFuture<?> known = futures.putIfAbsent(future.key(), future);
        if (known == null) {
            forgotten.merge(future.endType(), -1L, Long::sum);
        }
        return known == null || known == future;
    }

    /** Returns whether there may be keys that were submitted here and have no future any more. */
    synchronized boolean haveBeenForgotten() {
        return !forgotten.isEmpty();
    }

    /** Returns how many have ended how, once all have. */
    synchronized EnumMap<StateType, Long> ends() {
        EnumMap<StateType, Long> ends = forgotten.clone();
        futures.values().forEach(future -> ends.merge(future.endType(), 1L, Long::sum));
        return ends;
    }
}
