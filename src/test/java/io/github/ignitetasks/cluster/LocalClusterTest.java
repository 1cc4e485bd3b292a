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
                .isEqualTo(LocalCluster.builder()
                        .nodes(2)
                        .processes(true)
                        .slotsPerNode(slots)
                        .tls(Tls.none())
                        .build())
                .isEqualTo(new LocalCluster());
    }

    @Test
    void settingsReadAreEqualToThoseWritten() throws Exception {
        LocalCluster cluster = LocalCluster.builder()
                .nodes(3)
                .slotsPerNode(5)
                .memoryPerNode(1L << 30)
                .attribute("zone", "a")
                .resource("gpu", 1)
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
        "attributes, zone, attributes cannot be 'zone': 'zone' has no '='",
        "resources, gpu=0, resources cannot be 'gpu=0': the amount of resource 'gpu' must be 1 or more",
        "workers, 2, a local cluster has no option 'workers'",
    })
    void badOptionIsRefusedByItsName(String option, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LocalCluster().start(Map.of(option, value)))
                .withMessageStartingWith(message);
    }

    @Test
    void settingsWithOtherDeclarationsAreNotEqualAndShowThem() {
        LocalCluster cluster =
                LocalCluster.builder().attribute("zone", "a").resource("gpu", 1).build();

        assertThat(cluster)
                .isNotEqualTo(new LocalCluster())
                .isNotEqualTo(LocalCluster.builder()
                        .attribute("zone", "a")
                        .resource("gpu", 2)
                        .build())
                .hasToString(new LocalCluster()
                        .toString()
                        .replace("attributes={}, resources={}", "attributes={zone=a}, resources={gpu=1}"));
    }

    @Test
    void optionsAddToWhatTheSettingsDeclare() {
        LocalClusterBuilder builder = LocalClusterBuilder.of(LocalCluster.builder()
                .attribute("zone", "a")
                .attribute("rack", "r7")
                .resource("gpu", 1)
                .build());

        builder.option("attributes", "zone=b,floor=2");
        builder.option("resources", "disk=2");

        assertThat(builder.build().attributes()).isEqualTo(Map.of("zone", "b", "rack", "r7", "floor", "2"));
        assertThat(builder.build().resources()).isEqualTo(Map.of("gpu", 1, "disk", 2));
    }

    @Test
    void declarationsThatAreNotRightAreRefusedAtOnce() {
        LocalClusterBuilder builder = LocalCluster.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.attribute(" ", "a"))
                .withMessage("the name of an attribute must not be blank, but is ' '; give one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.attribute("ignitetasks.slots", "4"))
                .withMessageContaining("but is 'ignitetasks.slots'; choose another name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.attribute("zone", "a\nb"))
                .withMessageContaining("the value of attribute 'zone' cannot have U+000A");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.resource("gpu", 0))
                .withMessage(
                        "the amount of resource 'gpu' must be 1 or more, but is 0; leave the resource out for none");
        assertThat(builder.build()).isEqualTo(new LocalCluster());
    }

    @ParameterizedTest
    @CsvSource({"300000000, 300000000", "512m, 536870912", "2g, 2147483648", "524288k, 536870912"})
    void memoryOptionIsReadInItsUnit(String value, long bytes) {
        LocalClusterBuilder builder = LocalCluster.builder();

        builder.option("memoryPerNode", value);

        assertThat(builder.build().memoryPerNode()).isEqualTo(bytes);
    }
}
