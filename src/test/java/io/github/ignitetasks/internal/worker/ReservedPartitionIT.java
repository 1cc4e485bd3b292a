package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.NearData;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.execution.CallNotRunException;
import java.nio.file.Path;
import org.apache.ignite.Ignite;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.affinity.AffinityTopologyVersion;
import org.apache.ignite.internal.util.typedef.internal.CU;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the attempts of a call keep a partition as long as one of them runs, and no longer. */
final class ReservedPartitionIT {
    private static final String CACHE = "trades";

    @Test
    void eachAttemptReleasesItsOwnReservation(@TempDir Path folder) throws CallNotRunException {
        try (TestGrid grid = TestGrid.start(folder, 1)) {
            Ignite node = grid.node(0);
            node.createCache(CACHE);
            ReservedPartition partition = new ReservedPartition(node, NearData.partition(CACHE, 7));

            partition.reserve();
            partition.reserve(); // the next attempt, while the code of the one before ignores its interrupt
            assertThat(reservations(node)).isEqualTo(2);
            partition.release();
            assertThat(reservations(node)).isEqualTo(1);
            partition.release();
            partition.release();
            assertThat(reservations(node)).isZero();

            node.destroyCache(CACHE);
            assertThatExceptionOfType(CallNotRunException.class).isThrownBy(partition::reserve);
        }
    }

    private static int reservations(Ignite node) {
        return ((IgniteEx) node)
                .context()
                .cache()
                .context()
                .cacheContext(CU.cacheId(CACHE))
                .topology()
                .localPartition(7, AffinityTopologyVersion.NONE, false)
                .reservations();
    }
}
