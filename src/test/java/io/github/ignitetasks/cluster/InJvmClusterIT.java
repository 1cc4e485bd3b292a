package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.node.SafeNode;
import io.github.ignitetasks.support.ChildJvm;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.Test;

/** Tests clusters whose nodes are in this JVM. */
final class InJvmClusterIT {
    private static final LocalCluster TWO_NODES =
            LocalCluster.builder().nodes(2).processes(false).slotsPerNode(3).build();

    @Test
    void twoClustersAtOnceDoNotMeet() {
        try (Cluster one = TWO_NODES.start();
                Cluster other = TWO_NODES.start()) {
            assertThat(servers(one)).isEqualTo(2);
            assertThat(servers(other)).isEqualTo(2);
            assertThat(one.address()).doesNotContain(other.address());
        }
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void nodesHaveTheSlotsOfTheSettings() {
        try (Cluster cluster = TWO_NODES.start()) {
            assertThat(cluster.ignite().orElseThrow().cluster().forServers().nodes())
                    .allSatisfy(node -> assertThat(node.<Integer>attribute(SafeNode.SLOTS_ATTRIBUTE))
                            .isEqualTo(3));
        }
    }

    @Test
    void nodesDoNotShowTheirEnvironmentToOthers() {
        try (Cluster cluster = TWO_NODES.start()) {
            assertThat(cluster.ignite().orElseThrow().cluster().nodes())
                    .allSatisfy(node -> assertThat(node.attributes().keySet())
                            .doesNotContainAnyElementsOf(System.getenv().keySet())
                            .doesNotContain("java.class.path"));
        }
    }

    @Test
    void clusterGrowsAndShrinks() {
        try (Cluster cluster = TWO_NODES.start()) {
            cluster.scale(3);
            assertThat(servers(cluster)).isEqualTo(3);

            cluster.scale(1);
            assertThat(servers(cluster)).isEqualTo(1);

            cluster.scale(2);
            assertThat(servers(cluster)).isEqualTo(2);
        }
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void jvmThatExitsAfterItsClusterHasShrunkEndsWithoutClosingIt() {
        try (ChildJvm jvm = ChildJvm.start(ShrinkMain.class)) {
            jvm.awaitLine("shrunk");

            assertThat(jvm.awaitExit()).isZero();
        }
    }

    /** A main class that shrinks a cluster, and exits. */
    static final class ShrinkMain {
        private ShrinkMain() {}

        public static void main(String[] args) {
            Cluster cluster = TWO_NODES.start();
            IgniteTaskRunner.builder().cluster(cluster).build().start().close(); // this creates the cache of records
            cluster.scale(1);
            System.out.println("shrunk");
            System.exit(0);
        }
    }

    private static int servers(Cluster cluster) {
        return cluster.ignite().orElseThrow().cluster().forServers().nodes().size();
    }
}
