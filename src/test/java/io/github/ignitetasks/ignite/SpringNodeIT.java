package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.worker.NodeWorker;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.FreePort;
import io.github.ignitetasks.support.SpringMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpringNodeIT {
    @TempDir
    private Path folder;

    @Test
    void serverFileGivesATemporaryNodeThatEndsWithItsSession() throws IOException {
        Path file = serverFile();
        TaskRunner runner = IgniteTaskRunner.builder().springConfig(file).build();
        Path work;
        try (TaskSession session = runner.start()) {
            assertThat(session.submit("one", () -> 1).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
            IgniteConfiguration node = Ignition.allGrids().get(0).configuration();
            assertThat(node.getGridLogger().isQuiet()).isFalse(); // only the SLF4J logger is not quiet
            work = Path.of(node.getWorkDirectory());
            assertThat(work).exists();
        }
        assertThat(Ignition.allGrids()).isEmpty();
        assertThat(work).doesNotExist();
    }

    @Test
    void portThatIsTakenIsToldWithTheFile() throws IOException {
        Path file = serverFile();
        TaskRunner runner = IgniteTaskRunner.builder().springConfig(file).build();
        try (TaskSession session = runner.start()) {
            assertThat(session).isNotNull();
            assertThatIllegalStateException()
                    .isThrownBy(runner::start)
                    .withMessageContaining("cannot start a node by")
                    .withMessageContaining(file.getFileName().toString())
                    .withMessageContaining("check the addresses and ports");
        }
    }

    @Test
    void fileThatIsMissingIsRefusedWhenASessionStartsNamingIt() {
        TaskRunner runner = IgniteTaskRunner.builder()
                .springConfig(folder.resolve("nowhere.xml"))
                .build();

        assertThatIllegalStateException()
                .isThrownBy(runner::start)
                .withMessageContaining("there is no Spring XML file")
                .withMessageContaining("nowhere.xml");
    }

    @Test
    void slotsThatTheFileSetsAreThoseOfTheNode() throws IOException {
        TaskRunner runner = IgniteTaskRunner.builder()
                .springConfig(serverFileWithSlots("java.lang.Integer", "4"))
                .build();
        try (TaskSession session = runner.start()) {
            session.submit("any", () -> 1).result(Deadlines.PATIENCE);

            assertThat(NodeWorker.of(Ignition.allGrids().get(0)).slots()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource({"java.lang.String, 4", "java.lang.Integer, 0", "java.lang.Integer, -1"})
    void slotsThatAreNoNumberFromOneAreRefusedBeforeTheNodeStarts(String type, String value) throws IOException {
        TaskRunner runner = IgniteTaskRunner.builder()
                .springConfig(serverFileWithSlots(type, value))
                .build();

        assertThatIllegalStateException()
                .isThrownBy(runner::start)
                .withMessageContaining("node.xml sets attribute ignitetasks.slots to '" + value + "', a " + type)
                .withMessageContaining("must be a java.lang.Integer of 1 or more");
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void quorumOfNoServersIsRefusedBeforeTheNodeStarts() throws IOException {
        Path file = serverFile();
        Files.writeString(
                file, Files.readString(file).replace("#{environment.getProperty('IGNITE_TASKS_QUORUM', '1')}", "0"));

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        IgniteTaskRunner.builder().springConfig(file).build().start())
                .withMessageContaining("sets attribute ignitetasks.quorum to '0', a java.lang.Integer");
    }

    @Test
    void sessionOnAGridWithoutItsQuorumIsRefusedAndEndsItsNode() throws IOException {
        Path file = serverFile();
        Files.writeString(
                file, Files.readString(file).replace("#{environment.getProperty('IGNITE_TASKS_QUORUM', '1')}", "2"));

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        IgniteTaskRunner.builder().springConfig(file).build().start())
                .withMessageContaining("has 1 servers and ignitetasks.quorum is 2");
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void recordsOnDiskInAFolderThatWouldBeDeletedAreRefused() throws IOException {
        Path file = serverFile();
        Files.writeString(
                file,
                Files.readString(file).replace("#{environment.getProperty('IGNITE_TASKS_STORE', '') != ''}", "true"));

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        IgniteTaskRunner.builder().springConfig(file).build().start())
                .withMessageContaining("sets persistenceEnabled, but no workDirectory");
    }

    @Test
    void missingSpringIsToldWithTheDependencyToAdd() throws IOException {
        String withoutSpring = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches("(ignite-)?spring-.*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> options = List.of("@" + System.getProperty("jvm.opens.file"), "-cp", withoutSpring);

        try (ChildJvm jvm =
                ChildJvm.start(options, SpringMain.class, serverFile().toString())) {
            assertThat(jvm.awaitLine("refused: "))
                    .contains("not on the class path")
                    .contains("org.apache.ignite:ignite-spring");
        }
    }

    /** Writes the node's file. Its setting for slots, which the file shows in a comment, gets a type and a value. */
    private Path serverFileWithSlots(String type, String value) throws IOException {
        Path file = serverFile();
        String text = Files.readString(file);
        String shown = "<!-- How many tasks run here at a time, whatever sessions ask for.";
        int begin = text.indexOf(shown) + shown.length();
        int end = text.indexOf("-->", begin);
        String slots =
                text.substring(begin, end).replace("\"java.lang.Integer\">4<", "\"" + type + "\">" + value + "<");
        return Files.writeString(file, text.substring(0, begin) + "-->" + slots + text.substring(end + 3));
    }

    /** Writes the node's file with free ports. */
    private Path serverFile() throws IOException {
        String server = Files.readString(Path.of("config", "grid-node.xml"));
        server = withPort(server, "IGNITE_TASKS_PORT");
        server = withPort(server, "IGNITE_TASKS_COMMUNICATION_PORT");
        return Files.writeString(folder.resolve("node.xml"), server);
    }

    /** Returns the file's text with a free port wherever the file reads a variable. */
    private static String withPort(String file, String variable) {
        return file.replaceAll(
                "environment\\.getProperty\\('" + variable + "', '\\d*'\\)", "'" + FreePort.find() + "'");
    }
}
