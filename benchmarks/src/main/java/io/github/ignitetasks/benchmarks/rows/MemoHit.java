package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Side;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.measure.WarmUp;
import io.github.ignitetasks.benchmarks.peers.ClaimCallPut;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Grid;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.ignite.IgniteCache;

/**
 * How long does it take to get the result of a key that another session has completed? The peer reads a cache with the
 * same keys.
 */
record MemoHit(String name, Target target) implements Row {
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final int KEYS = 400;

    /** The number of queries that do not count. A session's first queries also open its connections to the nodes. */
    private static final int NOT_COUNTED = 100;

    private static final Duration MEASURE = Duration.ofSeconds(3);

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Grid grid = testbeds.grid();
        FreshKeys keys = new FreshKeys();
        keys.take(KEYS);
        IgniteCache<String, Integer> cache = grid.ignite().getOrCreateCache(ClaimCallPut.safe("results-to-read"));
        try (TaskSession session = grid.openSession()) {
            List<TaskFuture<Integer>> futures = new ArrayList<>();
            for (int n = 0; n < KEYS; n++) {
                futures.add(session.submit(keys.key(n), Body.SMALL.ours(n)));
                cache.put(keys.key(n), n + 1);
            }
            futures.forEach(TaskFuture::result);
        }
        Side ours = () -> {
            try (TaskSession session = grid.openSession()) {
                return median(
                        n -> session.submit(keys.key(n), Body.SMALL.ours(n)).result());
            }
        };
        Side peer = () -> median(n -> cache.get(keys.key(n)));
        WarmUp.run(WARM_UP, ours, peer);
        Pairs pairs = Pairs.measure(MEASURE, ours, peer);
        return Answer.of(pairs, Figures::time);
    }

    private static double median(OneAtATime.Operation question) throws Exception {
        OneAtATime.medianNanos(0, NOT_COUNTED, question);
        return OneAtATime.medianNanos(NOT_COUNTED, KEYS - NOT_COUNTED, question);
    }
}
