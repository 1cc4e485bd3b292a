package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the environment says to a grid node. */
final class NodeVariableTest {
    private static final Pattern NAME = Pattern.compile("IGNITE_TASKS_[A-Z_]+");

    @Test
    void helpTellsOfEachVariableThatTheFileUsesAndOfNoOther() throws IOException {
        Set<String> used = names(Files.readString(Path.of("config", "grid-node.xml")));

        assertThat(names(GridNode.commandLine().getUsageMessage()))
                .isEqualTo(used)
                .hasSize(11);
        assertThat(Stream.of(NodeVariable.values()).map(Enum::name)).containsExactlyInAnyOrderElementsOf(used);
    }

    @ParameterizedTest
    @CsvSource({
        "IGNITE_TASKS_PORT, abc",
        "IGNITE_TASKS_PORT, 99999",
        "IGNITE_TASKS_PORT, 0",
        "IGNITE_TASKS_COMMUNICATION_PORT, -1",
        "IGNITE_TASKS_MEMORY, 1",
        "IGNITE_TASKS_MEMORY, 256m",
        "IGNITE_TASKS_QUORUM, 0",
        "IGNITE_TASKS_QUORUM, 99999999999",
        "IGNITE_TASKS_ADDRESSES, ''",
        "IGNITE_TASKS_ADDRESSES, 'host:47500, other:47500'",
        "IGNITE_TASKS_ADDRESSES, host:47510..47500",
        "IGNITE_TASKS_ADDRESSES, host:0",
        "IGNITE_TASKS_STORE, pom.xml",
        "IGNITE_TASKS_STORE, pom.xml/below",
        "IGNITE_TASKS_HOST, 'two words'"
    })
    void valueThatIsNotRightIsShownWithWhatToSet(NodeVariable variable, String value) {
        assertThat(variable.problem(name -> Optional.of(value)))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith(variable + " must be ")
                        .endsWith("but is '" + value + "'; set it so, or not at all")
                        .doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "IGNITE_TASKS_PORT, 47500",
        "IGNITE_TASKS_MEMORY, 67108864",
        "IGNITE_TASKS_QUORUM, 3",
        "IGNITE_TASKS_ADDRESSES, 'host,host:1,[::1]:47500..47509'",
        "IGNITE_TASKS_ADDRESSES, '127.0.0.1:${IGNITE_TASKS_PORT}'",
        "IGNITE_TASKS_STORE, target/new/folder",
        "IGNITE_TASKS_HOST, 0.0.0.0"
    })
    void valueThatIsRightIsTaken(NodeVariable variable, String value) {
        assertThat(variable.problem(name -> Optional.of(value))).isEmpty();
        assertThat(variable.problem(name -> Optional.empty())).isEmpty();
    }

    private static Set<String> names(String text) {
        Matcher matcher = NAME.matcher(text);
        Set<String> names = new TreeSet<>();
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }
}
