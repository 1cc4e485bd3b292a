package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.worker.KeyList.ListedKey;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A selection of keys: it counts those that match, and keeps the first of them by key. It takes the memory of these
 * alone. Not safe for use by many threads.
 */
final class KeySelection {
    private final String prefix;
    private final Optional<KeyState> wanted;
    private final int limit;
    private final Function<UUID, String> nodeNames;

    private final TreeMap<String, ListedKey> first = new TreeMap<>();
    private long matching;

    /**
     * Makes an empty selection.
     *
     * @param prefix how the keys begin
     * @param wanted the only state of the keys; empty for every state
     * @param limit how many keys it keeps
     * @param nodeNames gives the name of a node for its id
     */
    KeySelection(String prefix, Optional<KeyState> wanted, int limit, Function<UUID, String> nodeNames) {
        this.prefix = prefix;
        this.wanted = wanted;
        this.limit = limit;
        this.nodeNames = nodeNames;
    }

    /** Adds a key with its record, if it matches. */
    void add(String key, byte[] record) {
        if (StateRecord.isState(record)) {
            KeyState state = KeyState.of(StateRecord.type(record));
            add(key, state, () -> ended(key, state, StateRecord.executionInfo(record)));
            return;
        }
        ClaimRecord claim = ClaimRecord.read(record);
        if (!claim.isGivenUp()) {
            addRunning(key, () -> nodeNames.apply(claim.node()));
        }
    }

    /** Adds a key that runs, if it matches. */
    void addRunning(String key, Supplier<String> node) {
        add(key, KeyState.RUNNING, () -> new ListedKey(key, KeyState.RUNNING, node.get(), Optional.empty()));
    }

    private static ListedKey ended(String key, KeyState state, ExecutionInfo info) {
        return new ListedKey(key, state, info.node(), Optional.of(info.endTime()));
    }

    private void add(String key, KeyState state, Supplier<ListedKey> listed) {
        if (!key.startsWith(prefix) || !wanted.map(state::equals).orElse(true)) {
            return;
        }
        matching++;
        if (first.size() < limit || key.compareTo(first.lastKey()) < 0) {
            first.put(key, listed.get());
        }
        if (first.size() > limit) {
            first.pollLastEntry();
        }
    }

    /** Returns what is selected. */
    KeyList list() {
        return new KeyList(matching, new ArrayList<>(first.values()));
    }
}
