package io.github.ignitetasks.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.internal.compat.DiscoveryInternals;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.ignite.configuration.DeploymentMode;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.failure.StopNodeFailureHandler;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the files under config/ have the same settings as {@link SafeNode}. */
final class SpringFilesTest {
    private static final String NODE = "grid-node.xml";
    private static final String CLIENT = "client.xml";
    private static final String PORT = "IGNITE_TASKS_PORT";
    private static final String COMMUNICATION_PORT = "IGNITE_TASKS_COMMUNICATION_PORT";
    private static final String EVALUATED = "ignitetasks.test.evaluated";

    @ParameterizedTest
    @ValueSource(strings = {NODE, CLIENT})
    void nodeBindsLoopbackAndFindsOthersAtGivenAddressesAlone(String file) {
        IgniteConfiguration node = read(file);

        assertThat(node.getLocalHost()).isEqualTo("127.0.0.1");
        TcpDiscoverySpi discovery = (TcpDiscoverySpi) node.getDiscoverySpi();
        assertThat(discovery.getIpFinder()).isExactlyInstanceOf(TcpDiscoveryVmIpFinder.class);
        assertThat(discovery.getIpFinder().getRegisteredAddresses())
                .extracting(InetSocketAddress::toString)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(47_500, 47_519)
                        .mapToObj(port -> "/127.0.0.1:" + port)
                        .toList());
        assertThat(discovery.getJoinTimeout()).isPositive();
    }

    /** With Ignite's default sizes, loopback connections stall under load. */
    @ParameterizedTest
    @ValueSource(strings = {NODE, CLIENT})
    void nodeLeavesTheSizeOfSocketBuffersToTheSystem(String file) {
        TcpCommunicationSpi communication = (TcpCommunicationSpi) read(file).getCommunicationSpi();

        assertThat(communication.getSocketSendBuffer()).isZero();
        assertThat(communication.getSocketReceiveBuffer()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {NODE, CLIENT})
    void nodeOpensNoPortsForClientsOrRest(String file) {
        IgniteConfiguration node = read(file);

        assertThat(node.getConnectorConfiguration()).isNull();
        assertThat(node.getClientConnectorConfiguration()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {NODE, CLIENT})
    void nodeShowsItsEnvironmentToNoOther(String file) {
        assertThat(read(file).getIncludeProperties()).isNotNull().isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {NODE, CLIENT})
    void nodeHasNoTlsUnlessTheEnvironmentTellsOfIt(String file) {
        assertThat(read(file).getSslContextFactory()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {NODE, CLIENT})
    void nodeStopsWhenItFailsAndLogsNoMetrics(String file) {
        IgniteConfiguration node = read(file);

        assertThat(node.getFailureHandler()).isInstanceOf(StopNodeFailureHandler.class);
        assertThat(node.getMetricsLogFrequency()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {NODE, CLIENT})
    void nodeLoadsClassesOfItsPeersInIsolation(String file) {
        IgniteConfiguration node = read(file);

        assertThat(node.isPeerClassLoadingEnabled()).isTrue();
        assertThat(node.getDeploymentMode()).isEqualTo(DeploymentMode.ISOLATED);
    }

    @Test
    void gridNodeTakesTheFirstFreePortOfThoseAtWhichItIsLookedFor() {
        assertPorts(read(NODE), 47_500, 47_100, 19);
    }

    @Test
    void gridNodeWhosePortsAreSetListensOnNoOthersAndIsLookedForThere() {
        System.setProperty(PORT, "12345");
        System.setProperty(COMMUNICATION_PORT, "12346");
        try {
            IgniteConfiguration node = read(NODE);

            assertPorts(node, 12_345, 12_346, 0);
            TcpDiscoverySpi discovery = (TcpDiscoverySpi) node.getDiscoverySpi();
            assertThat(discovery.getIpFinder().getRegisteredAddresses()).hasToString("[/127.0.0.1:12345]");
        } finally {
            System.clearProperty(PORT);
            System.clearProperty(COMMUNICATION_PORT);
        }
    }

    private static void assertPorts(IgniteConfiguration node, int discoveryPort, int communicationPort, int more) {
        TcpDiscoverySpi discovery = (TcpDiscoverySpi) node.getDiscoverySpi();
        assertThat(DiscoveryInternals.configuredPort(discovery)).isEqualTo(discoveryPort);
        assertThat(discovery.getLocalPortRange()).isEqualTo(more);
        TcpCommunicationSpi communication = (TcpCommunicationSpi) node.getCommunicationSpi();
        assertThat(communication.getLocalPort()).isEqualTo(communicationPort);
        assertThat(communication.getLocalPortRange()).isEqualTo(more);
    }

    @Test
    void gridNodeKeepsRecordsInMemoryAndNeedsNoOthersUnlessTheEnvironmentSaysSo() {
        IgniteConfiguration node = read(NODE);

        assertThat(node.getWorkDirectory()).isNull();
        assertThat(node.getDataStorageConfiguration()
                        .getDefaultDataRegionConfiguration()
                        .isPersistenceEnabled())
                .isFalse();
        assertThat(node.getUserAttributes()).isEqualTo(Map.of(SafeNode.QUORUM_ATTRIBUTE, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void nodeThatWouldListenEverywhereForAnEmptyHostIsRefused(String host) {
        assertRefused(Map.of("IGNITE_TASKS_HOST", host), "sets localHost to '" + host + "'", "IGNITE_TASKS_HOST");
    }

    @Test
    void nodeThatWouldListenElsewhereByIgnitesOwnVariableIsRefused() {
        assertRefused(Map.of("IGNITE_LOCAL_HOST", "0.0.0.0"), "IGNITE_LOCAL_HOST", "instead of at 127.0.0.1");
    }

    @Test
    void nodeWithOnePortForBothIsRefused() {
        assertRefused(
                Map.of(PORT, "12345", COMMUNICATION_PORT, "12345"), "have one localPort, 12345", COMMUNICATION_PORT);
    }

    private static void assertRefused(Map<String, String> properties, String... message) {
        System.getProperties().putAll(properties);
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SpringNode.start(Path.of("config", NODE), NodeAttributes.none()))
                    .satisfies(problem -> assertThat(problem).hasMessageContainingAll(message));
        } finally {
            System.getProperties().keySet().removeAll(properties.keySet());
        }
    }

    static Stream<Arguments> values() {
        return Stream.of(
                        "it's",
                        "') + T(java.lang.System).setProperty('" + EVALUATED + "', 'yes') + ('",
                        "#{T(java.lang.System).setProperty('" + EVALUATED + "', 'yes')}",
                        "${java.version}#{1 + 1}")
                .flatMap(value -> Stream.of(NODE, CLIENT).map(file -> Arguments.of(value, file)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatAVariableSaysIsAValue(String value, String file) {
        for (String variable : List.of("IGNITE_TASKS_HOST", "IGNITE_TASKS_ADDRESSES", "IGNITE_TASKS_STORE")) {
            System.setProperty(variable, value);
        }
        try {
            IgniteConfiguration node = read(file);

            String read = value.replace("${java.version}", System.getProperty("java.version"));
            assertThat(node.getLocalHost()).isEqualTo(read);
            assertThat(node.getWorkDirectory()).isEqualTo(file.equals(NODE) ? read : null);
            assertThat(System.getProperty(EVALUATED)).isNull();
        } finally {
            for (String variable : List.of("IGNITE_TASKS_HOST", "IGNITE_TASKS_ADDRESSES", "IGNITE_TASKS_STORE")) {
                System.clearProperty(variable);
            }
            System.clearProperty(EVALUATED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PORT, COMMUNICATION_PORT, "IGNITE_TASKS_MEMORY", "IGNITE_TASKS_QUORUM"})
    void whatIsToBeANumberIsNotEvaluatedEither(String variable) {
        System.setProperty(variable, "#{T(java.lang.System).setProperty('" + EVALUATED + "', 'yes')}");
        try {
            assertThatIllegalStateException().isThrownBy(() -> read(NODE)).withMessageContaining("is not right");
            assertThat(System.getProperty(EVALUATED)).isNull();
        } finally {
            System.clearProperty(variable);
            System.clearProperty(EVALUATED);
        }
    }

    @Test
    void clientFileConfiguresAClientAndTheOtherAServer() {
        assertThat(read(CLIENT).isClientMode()).isTrue();
        assertThat(read(NODE).isClientMode()).isNotEqualTo(true);
    }

    private static IgniteConfiguration read(String file) {
        try (SpringContext context =
                SpringContext.read(Path.of("config", file).toUri().toURL())) {
            return context.node();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
