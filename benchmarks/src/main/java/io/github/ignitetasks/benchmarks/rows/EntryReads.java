package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.NearData;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Side;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.configuration.CacheConfiguration;

/**
 * Tasks that each read an entry of a cache, and know whether they did so beside it. The figure is how many tasks the
 * library ran a second.
 */
final class EntryReads implements Side {
    static final String CACHE = "entries-to-read";
    static final int ENTRIES = 1_024;

    private static final int NOT_LOCAL = 1 << 24;

    private final TaskSession session;
    private final boolean near;
    private final int tasks;
    private final FreshKeys keys = new FreshKeys();
    private int notLocal;

    /** Takes the session, whether tasks run beside their entries, and the number of tasks to run at a time. */
    EntryReads(TaskSession session, boolean near, int tasks) {
        this.session = session;
        this.near = near;
        this.tasks = tasks;
    }

    /** Makes the cache of entries, whose values are their keys plus one. */
    static void makeCache(Ignite ignite) {
        IgniteCache<Integer, Integer> cache =
                ignite.getOrCreateCache(new CacheConfiguration<Integer, Integer>(CACHE).setBackups(1));
        for (int key = 0; key < ENTRIES; key++) {
            cache.put(key, key + 1);
        }
    }

    @Override
    public double measure() {
        int first = keys.take(tasks);
        List<TaskFuture<Integer>> futures = new ArrayList<>(tasks);
        long start = System.nanoTime();
        for (int i = 0; i < tasks; i++) {
            int key = i % ENTRIES;
            futures.add(session.submit(keys.key(first + i), read(key), options(key)));
        }
        notLocal = 0;
        for (int i = 0; i < tasks; i++) {
            int result = futures.get(i).result();
            notLocal += result >= NOT_LOCAL ? 1 : 0;
            if (result % NOT_LOCAL != i % ENTRIES + 1) {
                throw new IllegalStateException(futures.get(i).key() + " has a wrong result");
            }
        }
        return tasks * 1e9 / (System.nanoTime() - start);
    }

    /** Returns the share of the tasks that ran beside their entries, in the last measurement. */
    double localShare() {
        return 1 - (double) notLocal / tasks;
    }

    private CallOptions options(int key) {
        return near ? CallOptions.none().near(NearData.key(CACHE, key)) : CallOptions.none();
    }

    private static TaskCall<Integer> read(int key) {
        return () -> {
            Ignite ignite = TaskContext.current().orElseThrow().ignite();
            boolean local = ignite.affinity(CACHE).isPrimary(ignite.cluster().localNode(), key);
            return ignite.<Integer, Integer>cache(CACHE).get(key) + (local ? 0 : NOT_LOCAL);
        };
    }
}
