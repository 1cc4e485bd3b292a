package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the limits that Dockerfile and docker-compose.yml set for the containers. The script of the demo tries them
 * out.
 */
final class ContainerFilesTest {
    /** A pinned base image: a Java version with its build and system release, or a digest. */
    private static final Pattern PINNED = Pattern.compile(
            "FROM [\\w./-]+:\\d+\\.\\d+\\.\\d+(\\.\\d+)?_\\d+-jre-[a-z0-9]+|FROM [\\w./:-]+@sha256:[0-9a-f]{64}");

    @Test
    void baseIsOneVersionExactly() throws IOException {
        assertThat(Files.readAllLines(Path.of("Dockerfile")))
                .filteredOn(line -> line.startsWith("FROM "))
                .singleElement()
                .asString()
                .matches(PINNED);
    }

    @Test
    void imageRunsAsAUserWhoseNumberShowsThatItIsNotRoot() throws IOException {
        assertThat(Files.readAllLines(Path.of("Dockerfile")))
                .filteredOn(line -> line.startsWith("USER "))
                .containsExactly("USER 10001:10001");
    }

    @Test
    void folderForRecordsIsOfThatUserAlone() throws IOException {
        assertThat(Path.of("Dockerfile"))
                .content()
                .contains("install --directory --owner=grid --group=grid --mode=0700 /records");
    }

    @Test
    void healthIsCheckedByTheScriptOnTheFileThatTheNodeWrites() throws IOException {
        assertThat(Path.of("Dockerfile"))
                .content()
                .containsPattern("HEALTHCHECK [^\\n]*\\\\\n    CMD \\[\"sh\", \"health.sh\", \"/tmp/node.status\"]\n")
                .contains("COPY config/jvm-opens.args config/health.sh ./\n")
                .contains("\nCMD [\"io.github.ignitetasks.node.GridNode\", \"--status-file=/tmp/node.status\"]\n");
        assertThat(Path.of(".dockerignore")).content().contains("!config/health.sh\n");
        assertThat(Path.of("config", "health.sh")).isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "runner"})
    void serviceIsConfined(String name) throws IOException {
        List<String> service = block("services", name);

        assertThat(service).contains("<<: *confined").noneMatch(line -> line.matches("(networks|tmpfs|read_only).*"));
        assertThat(block("x-confined: &confined"))
                .contains(
                        "read_only: true",
                        "- /tmp:size=64m,mode=1777,noexec,nosuid,nodev",
                        "cap_drop:",
                        "- ALL",
                        "- no-new-privileges:true",
                        "pids_limit: 2048",
                        "- grid");
    }

    @Test
    void nothingIsPublishedAndNothingOfTheHostIsShared() throws IOException {
        assertThat(compose())
                .extracting(String::strip)
                .noneMatch(line -> line.matches("- \\./.*(?<!:ro)"))
                .noneMatch(line ->
                        line.matches("(ports|expose|cap_add|privileged|network_mode|pid|ipc|userns_mode|devices):.*"));
    }

    @Test
    void networkOfTheGridHasNoAddressOfTheHostAndNoWayOut() throws IOException {
        assertThat(block("networks", "grid"))
                .contains("internal: true", "enable_ipv6: false", "com.docker.network.bridge.inhibit_ipv4: \"true\"");
    }

    private static List<String> compose() throws IOException {
        return Files.readAllLines(Path.of("docker-compose.yml"));
    }

    /** Returns the lines below nested keys. Each key is indented by two columns more than the one before. */
    private static List<String> block(String... keys) throws IOException {
        List<String> lines = compose();
        for (int i = 0; i < keys.length; i++) {
            int indent = 2 * i;
            String line = " ".repeat(indent) + keys[i] + (keys[i].contains(":") ? "" : ":");
            assertThat(lines).contains(line);
            lines = lines.subList(lines.indexOf(line) + 1, lines.size()).stream()
                    .takeWhile(below -> below.isBlank() || indent(below) > indent)
                    .toList();
        }
        return lines.stream().map(String::strip).toList();
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
