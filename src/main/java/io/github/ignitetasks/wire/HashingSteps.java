package io.github.ignitetasks.wire;

import java.io.InvalidClassException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * How many steps it takes to hash the JDK's collections in a stream. One that holds others takes as many as all of them,
 * also where it holds one of them many times, so that a few bytes can tell of some whose hash nobody lives to see. To be
 * used by one stream.
 */
final class HashingSteps {
    /** What is held once takes fewer steps than the stream has bytes. */
    private static final long MAX_OF_A_BYTE = 4;

    private static final long MAX_OF_ANY = 1L << 22;

    private final long payload;
    private final IdentityHashMap<Object, Long> ofCollections = new IdentityHashMap<>(0); // most have none

    HashingSteps(long payload) {
        this.payload = payload;
    }

    /**
     * Counts the steps of an object, if it is a collection, by those of its elements, which were read before.
     *
     * @throws InvalidClassException if they are too many
     */
    void count(Object read) throws InvalidClassException {
        if (!(read instanceof Collection || read instanceof Map || read instanceof Map.Entry)
                || !read.getClass().getPackageName().startsWith("java.util")) {
            return;
        }
        long steps = 1 + stepsOfElements(read);
        if (steps > MAX_OF_ANY + MAX_OF_A_BYTE * payload) {
            throw new InvalidClassException(
                    "refused to read collections that hold each other so often that hashing them takes " + steps
                            + " steps");
        }
        ofCollections.put(read, steps);
    }

    private long stepsOfElements(Object read) {
        if (read instanceof Collection<?> collection) {
            return sum(collection);
        } else if (read instanceof Map<?, ?> map) {
            return sum(map.keySet()) + sum(map.values());
        } else {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) read;
            return of(entry.getKey()) + of(entry.getValue());
        }
    }

    private long sum(Collection<?> elements) {
        return elements.stream().mapToLong(this::of).sum();
    }

    private long of(Object element) {
        return ofCollections.getOrDefault(element, 1L);
    }
}
