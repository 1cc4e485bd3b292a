package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.execution.Timings;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A set of recently added keys. Each stays for some seconds, and not much longer. Safe to share between threads. */
final class RecentKeys {
    private static final long GENERATION_NANOS = Timings.LENT_KEY.toNanos();

    /** The keys of this generation, and of the one before. */
    private volatile Generations generations = new Generations(System.nanoTime(), newSet(), newSet());

    private record Generations(long since, Set<String> young, Set<String> old) {}

    void add(String key) {
        Generations now = generations;
        if (System.nanoTime() - now.since() > GENERATION_NANOS) {
            now = next();
        }
        now.young().add(key);
    }

    boolean contains(String key) {
        Generations now = generations;
        return now.young().contains(key) || now.old().contains(key);
    }

    private synchronized Generations next() {
        long time = System.nanoTime();
        if (time - generations.since() > GENERATION_NANOS) {
            generations = new Generations(time, newSet(), generations.young());
        }
        return generations;
    }

    private static Set<String> newSet() {
        return ConcurrentHashMap.newKeySet();
    }
}
