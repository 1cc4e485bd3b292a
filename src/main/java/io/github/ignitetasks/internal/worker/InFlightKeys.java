package io.github.ignitetasks.internal.worker;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The keys in flight on this node. A key is in flight at most once at a time. Safe to share between threads. */
final class InFlightKeys {
    private final ConcurrentMap<String, KeyExecution> runs = new ConcurrentHashMap<>();

    /** Puts a key in flight, or adds its session to the execution that is in flight; returns whether it was added. */
    boolean join(KeyExecution fresh) {
        KeyExecution inFlight;
        do {
            inFlight = runs.putIfAbsent(fresh.key(), fresh);
        } while (inFlight != null && !inFlight.join(fresh.first().id()));
        return inFlight != null;
    }

    Optional<KeyExecution> find(String key) {
        return Optional.ofNullable(runs.get(key));
    }

    boolean contains(String key) {
        return runs.containsKey(key);
    }

    /** Returns a live view of the keys; keys may come and go while somebody goes through it. */
    Collection<KeyExecution> all() {
        return Collections.unmodifiableCollection(runs.values());
    }

    int size() {
        return runs.size();
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Removes a key from the flight; returns the sessions to update. */
    Set<UUID> end(KeyExecution run) {
        runs.remove(run.key(), run);
        return run.end();
    }
}
