package io.github.ignitetasks.internal.worker;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one node, as it lists them.
 *
 * @param matching how many of its keys match
 * @param first the first of these by key, in this order
 */
public record KeyList(long matching, List<ListedKey> first) {
    /** How many keys a list has at most. */
    public static final int MAX_KEYS = 100_000;

    /** Copies the list. */
    public KeyList {
        first = List.copyOf(first);
    }

    /**
     * One key.
     *
     * @param key the key
     * @param state its state
     * @param node the node that runs it, or where it ended
     * @param endTime when it ended, by the clock of that node; empty if it runs
     */
    public record ListedKey(String key, KeyState state, String node, Optional<Instant> endTime) {}
}
