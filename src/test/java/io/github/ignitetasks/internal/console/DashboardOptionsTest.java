package io.github.ignitetasks.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tests which options of a node for a dashboard are right. */
final class DashboardOptionsTest {
    @CommandLine.Command(name = "node")
    private static final class Node {
        @CommandLine.Parameters(arity = "0..1")
        private @Nullable String file;

        @CommandLine.Mixin
        private final DashboardOptions dashboard = new DashboardOptions();
    }

    private static Node parse(String... arguments) {
        Node node = new Node();
        assertThat(new CommandLine(node).parseArgs(arguments).errors()).isEmpty();
        return node;
    }

    @Test
    void dashboardWithoutPort_leavesTheFileAlone() {
        assertThat(parse("--dashboard", "node.xml").file).isEqualTo("node.xml");
        assertThat(parse("--dashboard=8090", "node.xml").file).isEqualTo("node.xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dashboard=", "--dashboard=abc", "--dashboard=65536", "--dashboard=-1"})
    void portThatIsNotRight_isShown(String argument) {
        assertThatThrownBy(() -> parse(argument))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining(
                        "'" + argument.substring(argument.indexOf('=') + 1) + "' is no port from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dashboard-host=0.0.0.0", "--dashboard-allowed-host=tasks.example.com"})
    void optionOfADashboard_needsADashboard(String argument) {
        DashboardOptions options = parse(argument).dashboard;

        assertThatThrownBy(() -> options.start(Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("need --dashboard; add it");
        assertThat(options.start(Optional.of(0), Optional.empty())).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dashboard-host= ", "--dashboard-allowed-host=http://tasks.example.com"})
    void hostThatIsNotRight_isRefusedBeforeTheNodeStarts(String argument) {
        DashboardOptions options = parse("--dashboard", argument).dashboard;

        assertThatThrownBy(() -> options.start(Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
