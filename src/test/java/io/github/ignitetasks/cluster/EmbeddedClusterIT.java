package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.ProcessSockets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.Set;
import org.apache.ignite.Ignite;
import org.apache.ignite.configuration.CacheConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tests a cluster of a single node in this JVM. */
final class EmbeddedClusterIT {
    private static final Set<String> LISTENING_BEFORE = listening();
    private static final Cluster CLUSTER = new EmbeddedCluster().start(Map.of());

    @AfterAll
    static void close() {
        CLUSTER.close();
        assertThat(CLUSTER.nodes()).isZero();
    }

    @Test
    void listensNowhere() {
        assertThat(listening()).isEqualTo(LISTENING_BEFORE);
    }

    @Test
    void hasNoAddressAndSaysWhatHas() {
        assertThat(CLUSTER.isJoinable()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(CLUSTER::address)
                .withMessageContaining("has no address")
                .withMessageContaining("LocalCluster");
    }

    @Test
    void cannotGrowAndSaysWhatCan() {
        CLUSTER.scale(1);
        assertThatThrownBy(() -> CLUSTER.scale(2))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("cannot have 2")
                .hasMessageContaining("LocalCluster");
        assertThatIllegalArgumentException().isThrownBy(() -> CLUSTER.scale(0)).withMessageContaining("but is 0");
        assertThat(CLUSTER.nodes()).isEqualTo(1);
    }

    @Test
    void runnerOfItIsOfNoUseInAnotherJvmAndSaysSo() throws Exception {
        IgniteTaskRunner runner = IgniteTaskRunner.builder().cluster(CLUSTER).build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(runner);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            IgniteTaskRunner elsewhere = (IgniteTaskRunner) in.readObject();

            assertThat(elsewhere).isEqualTo(runner);
            assertThatIllegalStateException()
                    .isThrownBy(elsewhere::start)
                    .withMessageContaining("is in another JVM and cannot be joined")
                    .withMessageContaining("LocalCluster");
        }
    }

    @Test
    void worksAsAnIgniteOfItsOwn() {
        Ignite ignite = CLUSTER.ignite().orElseThrow();
        ignite.getOrCreateCache(new CacheConfiguration<String, Integer>("own")).put("one", 1);
        assertThat(ignite.compute().call(() -> 1)).isEqualTo(1);
        assertThat(ignite.atomicLong("count", 0, true).incrementAndGet()).isEqualTo(1);
        try (TaskSession session =
                IgniteTaskRunner.builder().cluster(CLUSTER).build().start()) {
            assertThat(session.submit(
                                    "task",
                                    () -> ignite.<String, Integer>cache("own").get("one"))
                            .result(Deadlines.PATIENCE))
                    .isEqualTo(1);
        }
    }

    @Test
    void manyMayRunSideBySide() {
        try (Cluster one = new EmbeddedCluster().start(Map.of());
                Cluster two = new EmbeddedCluster().start(Map.of())) {
            for (Cluster cluster : new Cluster[] {one, two, CLUSTER}) {
                assertThat(cluster.ignite().orElseThrow().cluster().nodes()).hasSize(1);
            }
        }
    }

    private static Set<String> listening() {
        return ProcessSockets.of(ProcessHandle.current().pid()).listening();
    }
}
