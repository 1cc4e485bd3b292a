package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Grid;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.util.Collection;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** How much memory of the grid does the record of a small task take? There is no peer: the peers keep no records. */
record RecordMemory(String name, Target target) implements Row {
    private static final int TASKS = 100_000;

    @Override
    public Answer measure(Testbeds testbeds) {
        Grid grid = testbeds.grid();
        try (TaskSession session = grid.openSession()) {
            new Tasks(session, new FreshKeys(), Body.SMALL, 1_000).measure(); // allocates what all records share
            long before = allocatedBytes(grid);
            new Tasks(session, new FreshKeys(), Body.SMALL, TASKS).measure();
            double bytes = (double) (allocatedBytes(grid) - before) / TASKS;
            return new Answer.Measured(Figures.bytes(bytes), "-", bytes, "");
        }
    }

    private static long allocatedBytes(Grid grid) {
        Ignite ignite = grid.ignite();
        Collection<Long> servers = ignite.compute(ignite.cluster().forServers()).broadcast(new AllocatedBytes());
        return servers.stream().mapToLong(Long::longValue).sum();
    }

    /** Reads the allocated size of a server's data regions, in bytes. */
    private static final class AllocatedBytes implements IgniteCallable<Long> {
        private static final long serialVersionUID = 1L;

        @IgniteInstanceResource
        private transient @Nullable Ignite ignite;

        @Override
        @SuppressWarnings("deprecation") // Ignite offers the replacement only through JMX
        public Long call() {
            if (ignite == null) {
                throw new IllegalStateException("Ignite sets its instance before a job runs");
            }
            return ignite.dataRegionMetrics().stream()
                    .mapToLong(region -> region.getTotalAllocatedSize())
                    .sum();
        }
    }
}
