package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a client that outlives the servers whose addresses it was given. */
final class ReplacedServersIT {
    @TempDir
    private Path folder;

    @Test
    void sessionGoesOnWhenNoServerIsLeftAtTheAddressesThatItWasGiven() {
        try (TestGrid grid = TestGrid.start(folder, 1);
                TaskSession session = IgniteTaskRunner.builder()
                        .address(grid.address())
                        .build()
                        .start()) {
            assertThat(session.submit("before", () -> 1).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
            Ignite second = grid.addNode();
            awaitShareOfRecords(second);

            Ignition.stop(grid.node(0).name(), true);

            assertThat(session.submit("after", () -> 2).result(Deadlines.PATIENCE))
                    .isEqualTo(2);
            assertThat(session.submit("before", () -> 3).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
        }
    }

    @Test
    void sessionFollowsItsClusterToServersThatItNeverSaw() {
        Tally runs = Tally.in(folder);
        Gate gate = Gate.in(folder);
        try (TestGrid first = TestGrid.start(folder.resolve("first"), 1)) {
            MovingCluster cluster = new MovingCluster(first.address());
            try (TaskSession session = IgniteTaskRunner.builder()
                    .cluster(cluster)
                    .clientConfiguration(ReplacedServersIT::losePatienceSoon)
                    .build()
                    .start()) {
                TaskFuture<Integer> underWay = session.submit("under-way", () -> {
                    runs.add();
                    gate.pass();
                    return 1;
                });
                runs.await(1);
                cluster.answer = () -> {
                    throw new UnsupportedOperationException("not now");
                };
                Ignition.stop(first.node(0).name(), true);
                TaskFuture<Integer> meanwhile = session.submit("meanwhile", () -> 2);

                try (TestGrid second = TestGrid.start(folder.resolve("second"), 1)) {
                    cluster.answer = second::address;
                    runs.await(2);
                    gate.open();

                    assertThat(underWay.result(Deadlines.PATIENCE)).isEqualTo(1);
                    assertThat(meanwhile.result(Deadlines.PATIENCE)).isEqualTo(2);
                }
            }
        }
    }

    /** Makes a client notice a lost grid soon. */
    private static void losePatienceSoon(IgniteConfiguration client) {
        ((TcpDiscoverySpi) client.getDiscoverySpi()).setNetworkTimeout(1_000);
    }

    /** Waits until a server is the primary owner of some records. Then all backups are in place. */
    private static void awaitShareOfRecords(Ignite server) {
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(() -> server.affinity(RecordCache.NAME)
                                .primaryPartitions(server.cluster().localNode())
                                .length
                        > 0);
    }

    /** A cluster whose address changes. */
    private static final class MovingCluster implements Cluster {
        private volatile Supplier<String> answer;

        private MovingCluster(String address) {
            this.answer = () -> address;
        }

        @Override
        public String address() {
            return answer.get();
        }

        @Override
        public int nodes() {
            return 1;
        }

        @Override
        public void scale(int nodes) {
            throw new UnsupportedOperationException("its size is the test's");
        }

        @Override
        public void close() {
            // the test closes its grids
        }
    }
}
