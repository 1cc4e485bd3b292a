package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.node.JvmOpens;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.ProcessSockets;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.ignite.Ignition;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeJarIT {
    @TempDir
    private Path folder;

    @Test
    void nodeThatTheJarStartsIsJoinedAndListensOnLoopbackAlone() {
        try (NodeProcess node = NodeProcess.ofJar();
                TaskSession session = joined(node)) {
            assertThat(session).isNotNull();
            assertThat(Ignition.allGrids().get(0).cluster().forServers().nodes())
                    .hasSize(1);
            ProcessSockets sockets = ProcessSockets.of(node.jvm().pid());
            assertThat(sockets.listening()).hasSize(2);
            assertThat(sockets.datagram()).isEmpty();
            assertThat(sockets.beyondLoopback()).isEmpty();
        }
    }

    @Test
    void nodeWithTheClassesOfTasksBesideTheJarRunsThem() {
        try (NodeProcess node = NodeProcess.ofJarAnd(Path.of("target", "test-classes"));
                TaskSession session = joined(node)) {
            assertThat(session.submit("product", () -> 6 * 7).result(Deadlines.PATIENCE))
                    .isEqualTo(42);
        }
    }

    @Test
    void taskThatRunsWhenTheSignalComesEndsBeforeTheNode() {
        Gate gate = Gate.in(folder);
        Tally runs = Tally.in(folder);
        try (NodeProcess node = NodeProcess.ofJarAnd(Path.of("target", "test-classes"));
                TaskSession session = joined(node)) {
            TaskFuture<String> running = session.submit("running", () -> {
                runs.add();
                gate.pass();
                return "ended";
            });
            runs.await(1);

            node.jvm().terminate();
            node.jvm().awaitText("the node ends");
            gate.open();

            assertThat(running.result(Deadlines.PATIENCE)).isEqualTo("ended");
            assertThat(node.jvm().awaitExit()).isZero();
        }
    }

    @Test
    void nodeWhoseTaskOutlastsTheGraceSaysSoAndEndsAllTheSame() {
        Gate never = Gate.in(folder);
        Tally runs = Tally.in(folder);
        try (NodeProcess node = NodeProcess.ofJarAnd(Path.of("target", "test-classes"), "--grace=1");
                TaskSession session = joined(node)) {
            TaskFuture<String> stubborn = session.submit("stubborn", () -> {
                runs.add();
                never.passUninterruptibly();
                return "ended";
            });
            runs.await(1);

            node.jvm().terminate();

            assertThat(node.jvm().awaitText("some tasks still run after PT1S")).contains("start again on other nodes");
            assertThat(node.jvm().awaitExit()).isZero();
            session.close(Duration.ofMillis(1)); // a normal close waits for another grid
            assertThat(stubborn.await(Deadlines.PATIENCE).orElseThrow().type()).isEqualTo(StateType.CANCELLED);
        }
    }

    @Test
    void nodeWhoseTaskCallsSystemExitEndsAfterItsGrace() {
        try (NodeProcess node = NodeProcess.ofJarAnd(Path.of("target", "test-classes"), "--grace=1");
                TaskSession session = joined(node)) {
            TaskFuture<Integer> exits = session.submit("exits", () -> {
                System.exit(3);
                return 1;
            });

            assertThat(node.jvm().awaitExit()).isZero();
            session.close(Duration.ofMillis(1));
            assertThat(exits.await(Deadlines.PATIENCE).orElseThrow().type()).isEqualTo(StateType.CANCELLED);
        }
    }

    @Test
    void nodeIsHealthyWhileItServesAndEndsWellBySignal() {
        String status = "--status-file=" + folder.resolve("status");
        try (NodeProcess node = NodeProcess.ofJar(status)) {
            node.awaitJoined();
            await().atMost(Deadlines.PATIENCE).until(() -> health(status) == 0);

            node.jvm().terminate();

            assertThat(node.jvm().awaitExit()).isZero();
            assertThat(health(status)).isEqualTo(1);
        }
    }

    @Test
    void statusThatIsNotKeptFreshIsNotHealthy() throws IOException {
        Path status = Files.writeString(folder.resolve("status"), "joined\n");
        Files.setLastModifiedTime(status, FileTime.fromMillis(0));

        assertThat(health("--status-file=" + status)).isEqualTo(1);
    }

    @Test
    void healthWithoutStatusFileIsAUsageError() {
        assertRefused("--health needs --status-file", "--health");
    }

    @Test
    void fileThatIsMissingIsAUsageErrorThatNamesItAndSaysWhatToGive() {
        assertRefused("there is no Spring XML file 'nowhere.xml'", "nowhere.xml");
    }

    @Test
    void fileThatIsNoSpringXmlIsAUsageErrorThatNamesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.xml"), "<beans");

        assertRefused("bad.xml is not right; correct this: ", file.toString());
    }

    @Test
    void fileWithoutANodeIsAUsageErrorThatSaysWhatItMustDefine() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.xml"), """
                <beans xmlns="http://www.springframework.org/schema/beans"
                       xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                       xsi:schemaLocation="http://www.springframework.org/schema/beans
                                           http://www.springframework.org/schema/beans/spring-beans.xsd"/>
                """);

        assertRefused(
                "empty.xml must define one bean of org.apache.ignite.configuration.IgniteConfiguration",
                file.toString());
    }

    @Test
    void portThatIsTakenIsAUsageErrorThatNamesTheFileAndSaysWhatToCheck() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = Files.writeString(
                    folder.resolve("node.xml"),
                    Files.readString(Path.of("config", "grid-node.xml"))
                            .replace(
                                    "#{environment.getProperty('IGNITE_TASKS_COMMUNICATION_PORT', '47100')}",
                                    "" + taken.getLocalPort()));

            assertRefused("cannot start a node by " + file.toUri().toURL(), file.toString());
        }
    }

    @Test
    void secondNodeOfTheSameCommandFindsAFreePortAndJoinsTheFirst() {
        List<String> command = List.of("-jar", System.getProperty("node.jar"));
        try (ChildJvm first = ChildJvm.start(command)) {
            assertThat(first.awaitText("has joined")).contains("its grid has 1 servers");
            try (ChildJvm second = ChildJvm.start(command)) {
                assertThat(second.awaitText("has joined")).contains("its grid has 2 servers");
            }
        }
    }

    @Test
    void portOfTheEnvironmentThatIsTakenIsNamedByTheFirstLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildJvm node = ChildJvm.start(
                        List.of("-jar", System.getProperty("node.jar")),
                        Map.of("IGNITE_TASKS_PORT", Integer.toString(taken.getLocalPort())))) {
            assertThat(firstLine(node))
                    .contains("port " + taken.getLocalPort() + " is taken")
                    .contains("IGNITE_TASKS_PORT");
            assertThat(node.awaitExit()).isEqualTo(2);
        }
    }

    @Test
    void valueOfTheEnvironmentThatIsNotRightIsNamedByTheFirstLine() {
        try (ChildJvm node =
                ChildJvm.start(List.of("-jar", System.getProperty("node.jar")), Map.of("IGNITE_TASKS_MEMORY", "1"))) {
            assertThat(firstLine(node)).startsWith("IGNITE_TASKS_MEMORY must be ");
            assertThat(node.awaitExit()).isEqualTo(2);
        }
    }

    /**
     * Returns the first line after that of the start. The JVM may note its options before, and from Java 24 on warn of
     * Unsafe.
     */
    private static String firstLine(ChildJvm jvm) {
        String line = jvm.awaitLine("");
        while (line.startsWith("NOTE: Picked up")
                || line.startsWith("WARNING: ")
                || line.contains("starting the node of")) {
            line = jvm.awaitLine("");
        }
        return line;
    }

    @Test
    void optionThatThereIsNotIsAUsageErrorThatNamesIt() {
        assertRefused("Unknown option: '--nodes=3'", "--nodes=3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "1.5", "9999999999"})
    void graceThatIsNoNumberIsAUsageErrorThatShowsIt(String grace) {
        assertRefused("'" + grace + "' is no whole number of seconds from 0", "--grace=" + grace);
    }

    @Test
    void statusFileThatCannotBeWrittenIsAUsageErrorThatNamesIt() {
        assertRefused("cannot write the status file", "--status-file=" + folder.resolve("no/status"));
    }

    @Test
    void helpAndVersionAreToldWithoutANode() {
        try (ChildJvm help = jar("--help");
                ChildJvm version = jar("--version")) {
            help.awaitText("--grace=SECONDS");
            help.awaitText("0   ended by a signal, also where tasks outlasted the grace");
            assertThat(help.awaitExit()).isZero();
            assertThat(version.awaitLine("ignite-task-runner ")).startsWith("0.");
            assertThat(version.awaitExit()).isZero();
        }
    }

    @Test
    void manifestOpensWhatTheOptionsFileOpens() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("node.jar"))) {
            String opened = jar.getManifest().getMainAttributes().getValue("Add-Opens");

            assertThat(opened.strip().split("\\s+")).containsExactlyElementsOf(packagesOf(JvmOpens.options()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".jar", "-node.jar"})
    void entriesOfAJarHaveTheTimeThatTheBuildFixesAndAStableOrder(String ending) throws IOException {
        LocalDateTime fixed =
                LocalDateTime.ofInstant(Instant.parse(System.getProperty("build.output.timestamp")), ZoneOffset.UTC);
        try (JarFile jar = new JarFile(System.getProperty("node.jar").replace("-node.jar", ending))) {
            List<JarEntry> own = jar.stream()
                    .filter(entry -> entry.getName().startsWith("io/github/ignitetasks/"))
                    .toList();

            assertThat(own)
                    .hasSizeGreaterThan(100)
                    .extracting(JarEntry::getTimeLocal)
                    .containsOnly(fixed);
            assertThat(jar.getJarEntry(JarFile.MANIFEST_NAME).getTimeLocal()).isEqualTo(fixed);
            assertThat(own.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName))
                    .isSorted();
        }
    }

    private static List<String> packagesOf(List<String> options) {
        return options.stream()
                .map(option -> option.replace("--add-opens=", "").replace("=ALL-UNNAMED", ""))
                .toList();
    }

    /** Joins a node by a client that gives up soon after the node has ended. The default is ten seconds. */
    private static TaskSession joined(NodeProcess node) {
        node.awaitJoined();
        TaskRunner runner = IgniteTaskRunner.builder()
                .address(node.address())
                .clientConfiguration(client -> ((TcpDiscoverySpi) client.getDiscoverySpi()).setNetworkTimeout(1_000))
                .build();
        return runner.start();
    }

    private static void assertRefused(String message, String... arguments) {
        try (NodeProcess node = NodeProcess.ofJar(arguments)) {
            assertThat(node.jvm().awaitText(message)).isNotEmpty();
            assertThat(node.jvm().awaitExit()).isEqualTo(2);
        }
    }

    private static int health(String... arguments) {
        try (ChildJvm jvm =
                jar(Stream.concat(Stream.of("--health"), Stream.of(arguments)).toArray(String[]::new))) {
            return jvm.awaitExit();
        }
    }

    private static ChildJvm jar(String... arguments) {
        return ChildJvm.start(Stream.concat(Stream.of("-jar", System.getProperty("node.jar")), Stream.of(arguments))
                .toList());
    }
}
