package io.github.ignitetasks.internal.codec;

import io.github.ignitetasks.TaskFuture;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The futures that an object reaches.
 *
 * @param futures all of them, each once
 * @param settled those of which it reaches only the end, in whatever state; by identity
 */
public record Upstreams(List<TaskFuture<?>> futures, Set<TaskFuture<?>> settled) {
    static final Upstreams NONE = new Upstreams(List.of(), Set.of());

    /** Returns the upstreams: those whose results the object reaches, and those whose ends it does. */
    static Upstreams of(Collection<TaskFuture<?>> results, Collection<TaskFuture<?>> ends) {
        if (results.isEmpty() && ends.isEmpty()) {
            return NONE; // as of most objects
        }
        if (ends.isEmpty()) {
            return new Upstreams(List.copyOf(results), Set.of());
        }
        Set<TaskFuture<?>> all = new LinkedHashSet<>(results);
        all.addAll(ends);
        Set<TaskFuture<?>> settled = new HashSet<>(ends);
        settled.removeAll(results);
        return new Upstreams(List.copyOf(all), Collections.unmodifiableSet(settled));
    }
}
