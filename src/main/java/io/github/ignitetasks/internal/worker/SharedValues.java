package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.internal.execution.CallNotRunException;
import io.github.ignitetasks.internal.execution.Outcome;
import io.github.ignitetasks.internal.execution.Timings;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values that the tasks on this node share. The node reads a value once for each class loader of calls, and keeps
 * the values that were used last, as long as there is memory. Safe to share between threads.
 */
final class SharedValues {
    /** How many values are kept. */
    static final int MAX_VALUES = 64;

    /** Returns whether the grid has a record under a key; it may block. */
    private final Predicate<String> isThere;

    /** The values, least recently used first; guarded by this. */
    private final Map<Id, SharedValue> values = new LinkedHashMap<>(MAX_VALUES, 0.75f, true);

    SharedValues(Predicate<String> isThere) {
        this.isThere = isThere;
    }

    /** Returns whether an upstream that a request brings is a shared value: then it brings only the head. */
    static boolean isShared(byte @Nullable [] state) {
        return state != null && StateRecord.isHead(state);
    }

    /**
     * Checks that the grid has the records of the shared values among these states of upstreams. A value that was there
     * a moment ago counts as there. Blocks on the grid.
     *
     * @throws CallNotRunException if the record of one is gone
     */
    void checkThere(Map<String, byte[]> states, ClassLoader loader) throws CallNotRunException {
        for (Map.Entry<String, byte[]> state : states.entrySet()) {
            if (isShared(state.getValue())) {
                checkThere(new Id(state.getKey(), state.getValue(), loader));
            }
        }
    }

    private void checkThere(Id id) throws CallNotRunException {
        SharedValue known = find(id);
        if (known != null && known.wasThereWithin(Timings.SHARED_VALUE.toNanos())) {
            return;
        }
        long before = System.nanoTime();
        if (!isThere.test(id.key)) {
            remove(id);
            throw new CallNotRunException(new Outcome.UpstreamsGone(List.of(id.key)));
        }
        if (known != null) {
            known.wasThereAt(before);
        }
    }

    /**
     * Returns the value of a record.
     *
     * @param key the key of the record
     * @param head its head, which tells it from other records of the key
     * @param loader the loader of the value's classes
     * @param reading reads the value, if the node does not keep it
     * @throws TaskInterruptedException if this thread is interrupted while another one reads the value
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // the record determines the type; the value may be null
    <R extends @Nullable Object> R get(String key, byte[] head, ClassLoader loader, Supplier<R> reading) {
        try {
            return (R) findOrAdd(new Id(key, head, loader)).get(reading);
        } catch (InterruptedException e) {
            throw new TaskInterruptedException("interrupted while the shared value '" + key + "' was read", e);
        }
    }

    private synchronized @Nullable SharedValue find(Id id) {
        return values.get(id);
    }

    private synchronized SharedValue findOrAdd(Id id) {
        SharedValue known = values.get(id);
        if (known != null) {
            return known;
        }
        SharedValue fresh = new SharedValue();
        values.put(id, fresh);
        if (values.size() > MAX_VALUES) {
            Id eldest = values.keySet().iterator().next();
            values.remove(eldest);
        }
        return fresh;
    }

    private synchronized void remove(Id id) {
        values.remove(id);
    }

    /** The identity of a value: its record, and the loader of its classes, which this does not keep from collection. */
    private static final class Id {
        private final String key;
        private final byte[] start;
        private final WeakReference<ClassLoader> loader;
        private final int hash;

        Id(String key, byte[] head, ClassLoader loader) {
            this.key = key;
            this.start = StateRecord.start(head);
            this.loader = new WeakReference<>(loader);
            this.hash = 31 * key.hashCode() + Arrays.hashCode(start);
        }

        /** An id equals no other one once its loader is gone. */
        @Override
        public boolean equals(@Nullable Object object) {
            if (this == object) {
                return true;
            }
            ClassLoader own = loader.get();
            return own != null
                    && object instanceof Id other
                    && key.equals(other.key)
                    && Arrays.equals(start, other.start)
                    && other.loader.refersTo(own);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
