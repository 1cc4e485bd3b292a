package io.github.ignitetasks.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.TestCluster;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.InheritingMain;
import io.github.ignitetasks.support.ProcessSockets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests processes whose environment tells Ignite to listen on all interfaces. */
final class InheritedSettingsIT {
    private static final Map<String, String> EVERYWHERE =
            Map.of("IGNITE_LOCAL_HOST", "0.0.0.0", "IGNITE_CACHE_CLIENT", "true");

    private static final Cluster GRID = TestCluster.start();

    @AfterAll
    static void close() {
        GRID.close();
    }

    @Test
    void nodesInProcessesListenOnLoopbackAlone() {
        try (ChildJvm jvm = start(EVERYWHERE, List.of(), "processes")) {
            // the client of that JVM is refused, because it is a node in that JVM
            assertThat(jvm.awaitLine("refused ")).contains("IGNITE_LOCAL_HOST", "'0.0.0.0'");
            end(jvm);
        }
        try (ChildJvm jvm = start(EVERYWHERE, List.of("-DIGNITE_LOCAL_HOST="), "processes")) {
            assertThat(jvm.awaitLine("result ")).isEqualTo("7");
            long[] nodes = ProcessHandle.of(jvm.pid())
                    .orElseThrow()
                    .children()
                    .mapToLong(ProcessHandle::pid)
                    .toArray();
            assertThat(nodes).hasSize(2);
            for (long pid : LongStream.concat(LongStream.of(jvm.pid()), LongStream.of(nodes))
                    .toArray()) {
                assertThat(ProcessSockets.of(pid).listening()).isNotEmpty();
                assertThat(ProcessSockets.of(pid).beyondLoopback()).isEmpty();
            }
            end(jvm);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3"})
    void nodeInThisJvmIsRefusedByTheNameOfTheVariable(String host) {
        try (ChildJvm jvm = start(Map.of("IGNITE_LOCAL_HOST", host), List.of(), "threads")) {
            assertThat(jvm.awaitLine("refused "))
                    .contains("IGNITE_LOCAL_HOST", "is '" + host + "'", "instead of at 127.0.0.1", "without it");
            end(jvm);
        }
    }

    @Test
    void clientThatWouldListenEverywhereIsRefused() {
        try (ChildJvm jvm = start(EVERYWHERE, List.of(), GRID.address())) {
            assertThat(jvm.awaitLine("refused ")).contains("IGNITE_LOCAL_HOST", "at every interface");
            end(jvm);
        }
        try (ChildJvm jvm = start(Map.of("IGNITE_LOCAL_HOST", "127.0.0.1"), List.of(), GRID.address())) {
            assertThat(jvm.awaitLine("result ")).isEqualTo("7");
            end(jvm);
        }
    }

    @Test
    void embeddedNodeListensNowhereAnyway() {
        try (ChildJvm jvm = start(EVERYWHERE, List.of(), "embedded")) {
            assertThat(jvm.awaitLine("result ")).isEqualTo("7");
            assertThat(ProcessSockets.of(jvm.pid()).listening()).isEqualTo(Set.of());
            end(jvm);
        }
    }

    /** Ends the input of the JVM, so that it deletes its files and exits. */
    private static void end(ChildJvm jvm) {
        jvm.endInput();
        assertThat(jvm.awaitExit()).isZero();
    }

    private static ChildJvm start(Map<String, String> environment, List<String> options, String which) {
        List<String> arguments = new ArrayList<>(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "@" + System.getProperty("jvm.opens.file"),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile")));
        arguments.addAll(options);
        arguments.addAll(List.of(InheritingMain.class.getName(), which));
        return ChildJvm.start(arguments, environment);
    }
}
