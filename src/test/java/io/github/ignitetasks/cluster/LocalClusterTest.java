package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the settings of a local cluster. */
final class LocalClusterTest {

    @Test
    void defaultsAreTwoProcessesThatShareTheProcessors() {
        LocalCluster cluster = LocalCluster.builder().build();

        int slots = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        assertThat(cluster)
                .isEqualTo(new LocalCluster(2, true, slots, 0, Tls.none()))
                .isEqualTo(new LocalCluster());
    }

    @Test
    void settingsReadAreEqualToThoseWritten() throws Exception {
        LocalCluster cluster = LocalCluster.builder()
                .nodes(3)
                .slotsPerNode(5)
                .memoryPerNode(1L << 30)
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(cluster);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(cluster);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void numberOfNodesThatIsNotPositiveIsRefused(int nodes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalCluster.builder().nodes(nodes))
                .withMessage("nodes must be 1 or more, but is " + nodes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void numberOfSlotsThatIsNotPositiveIsRefused(int slots) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalCluster.builder().slotsPerNode(slots))
                .withMessage("slotsPerNode must be 1 or more, but is " + slots);
    }

    @Test
    void numbersThatNoMachineHasAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalCluster.builder().nodes(Integer.MAX_VALUE))
                .withMessage("nodes must be 1024 or less, but is 2147483647");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalCluster.builder().slotsPerNode(Integer.MAX_VALUE))
                .withMessage("slotsPerNode must be 65536 or less, but is 2147483647");
    }

    @Test
    @SuppressWarnings("NullAway") // the test passes null
    void tlsThatIsNullIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> LocalCluster.builder().tls(null))
                .withMessage("tls");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, (256L << 20) - 1})
    void memoryInWhichNoNodeCouldRunIsRefused(long bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalCluster.builder().memoryPerNode(bytes))
                .withMessage("memoryPerNode must be 268435456 bytes (256m) or more, but is " + bytes);
    }

    @Test
    void memoryOfNodesThatShareThisJvmIsRefused() {
        LocalClusterBuilder builder = LocalCluster.builder().processes(false).memoryPerNode(1L << 30);

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("memoryPerNode cannot be combined with processes=false");
    }

    @ParameterizedTest
    @CsvSource({
        "nodes, two, nodes must be a whole number",
        "nodes, 0, nodes must be 1 or more",
        "processes, yes, processes must be true or false",
        "slotsPerNode, '', slotsPerNode must be a whole number",
        "slotsPerNode, -1, slotsPerNode must be 1 or more",
        "memoryPerNode, 1x, memoryPerNode must be a number of bytes",
        "memoryPerNode, 1m, memoryPerNode must be 268435456 bytes",
        "memoryPerNode, 99999999999g, memoryPerNode must be less than",
        "workers, 2, a local cluster has no option 'workers'",
    })
    void badOptionIsRefusedByItsName(String option, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LocalCluster().start(Map.of(option, value)))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({"300000000, 300000000", "512m, 536870912", "2g, 2147483648", "524288k, 536870912"})
    void memoryOptionIsReadInItsUnit(String value, long bytes) {
        LocalClusterBuilder builder = LocalCluster.builder();

        builder.option("memoryPerNode", value);

        assertThat(builder.build().memoryPerNode()).isEqualTo(bytes);
    }
}
