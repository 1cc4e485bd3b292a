package io.github.ignitetasks.benchmarks.peers;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.cache.processor.EntryProcessorResult;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs and records each key once, by {@code IgniteCache.invokeAllAsync} of 512 keys at a time. This is the fastest way
 * by hand, but the bodies run on Ignite's own threads, so they must be short.
 */
public final class InvokeAll implements Peer {
    private static final int BATCH = 512;

    private final IgniteCache<String, Integer> cache;
    private final String prefix = UUID.randomUUID() + "-";
    private Batch open = new Batch();

    /** Creates a peer that records results on an Ignite's servers. */
    public InvokeAll(Ignite ignite) {
        this.cache = RecordCache.of(ignite);
    }

    @Override
    public Callable<Integer> start(int number) {
        Batch batch = open;
        batch.processors.put(prefix + number, new RecordOnce(number));
        if (batch.processors.size() == BATCH) {
            batch.send();
        }
        return () -> batch.result(prefix + number);
    }

    /** Keys that go together. */
    private final class Batch {
        private final Map<String, RecordOnce> processors =
                new TreeMap<>(); // in one order, so that batches cannot deadlock

        private @Nullable IgniteFuture<Map<String, EntryProcessorResult<Integer>>> sent;

        private IgniteFuture<Map<String, EntryProcessorResult<Integer>>> send() {
            open = new Batch();
            sent = cache.invokeAllAsync(processors);
            return sent;
        }

        private Integer result(String key) {
            EntryProcessorResult<Integer> result =
                    (sent == null ? send() : sent).get().get(key);
            return requireNonNull(result, "the processor of each key returns a result")
                    .get();
        }
    }
}
