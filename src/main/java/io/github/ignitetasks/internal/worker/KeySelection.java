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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A selection of keys: it counts those that match, and keeps the first of them by key. It takes the memory of these
 * alone. Not safe for use by many threads.
 */
final class KeySelection {
    private static final Logger LOG = LoggerFactory.getLogger(KeySelection.class);

    private final String prefix;
    private final Optional<KeyState> wanted;
    private final int limit;
    private final Function<UUID, Optional<String>> nodeNames;

    private final TreeMap<String, ListedKey> first = new TreeMap<>();
    private long matching;

    /**
     * Makes an empty selection.
     *
     * @param prefix how the keys begin
     * @param wanted the only state of the keys; empty for every state
     * @param limit how many keys it keeps
     * @param nodeNames gives the name of a node by its id; empty if it has left, and its claims do not count then
     */
    KeySelection(String prefix, Optional<KeyState> wanted, int limit, Function<UUID, Optional<String>> nodeNames) {
        this.prefix = prefix;
        this.wanted = wanted;
        this.limit = limit;
        this.nodeNames = nodeNames;
    }

    /** Adds a key with its record, if it matches. A record that cannot be read is left out, and logged. */
    void add(String key, byte[] record) {
        try {
            if (StateRecord.isState(record)) {
                KeyState state = KeyState.of(StateRecord.type(record));
                add(key, state, () -> ended(key, state, StateRecord.executionInfo(record)));
            } else {
                addClaim(key, ClaimRecord.read(record));
            }
        } catch (RuntimeException e) {
            LOG.warn("the record of key '{}' cannot be read, and is not listed", key, e);
        }
    }

    private void addClaim(String key, ClaimRecord claim) {
        if (!claim.isGivenUp()) {
            nodeNames.apply(claim.node()).ifPresent(node -> addRunning(key, () -> node));
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
