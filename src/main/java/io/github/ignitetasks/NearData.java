package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The data of a cache beside which a call runs: the primary node of a partition. Immutable; safe to share if the key
 * is.
 */
public final class NearData implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String cache;

    @SuppressWarnings("serial") // it does not travel: the session finds the partition of the key
    private final @Nullable Object key;

    private final int partition;

    private NearData(String cache, @Nullable Object key, int partition) {
        this.cache = requireNonNull(cache, "cache");
        this.key = key;
        this.partition = partition;
    }

    /** Returns the place of the entry that a key has in a cache, whether or not there is one. */
    public static NearData key(String cache, Object key) {
        return new NearData(cache, requireNonNull(key, "key"), -1);
    }

    /**
     * Returns the place of a partition of a cache.
     *
     * @throws IllegalArgumentException if the partition is negative
     */
    public static NearData partition(String cache, int partition) {
        if (partition < 0) {
            throw new IllegalArgumentException("partition must be 0 or more, but is " + partition);
        }
        return new NearData(cache, null, partition);
    }

    /** Returns the name of the cache. */
    public String cache() {
        return cache;
    }

    /** Returns the key whose partition is meant; empty if a partition was given. */
    public Optional<Object> key() {
        return Optional.ofNullable(key);
    }

    /** Returns the partition; empty if a key was given. */
    public OptionalInt partition() {
        return key == null ? OptionalInt.of(partition) : OptionalInt.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NearData that
                && cache.equals(that.cache)
                && Objects.equals(key, that.key)
                && partition == that.partition;
    }

    @Override
    public int hashCode() {
        return Objects.hash(cache, key, partition);
    }

    @Override
    public String toString() {
        return (key == null ? "partition " + partition : "key " + key) + " of cache '" + cache + "'";
    }
}
