package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ignitetasks.internal.node.NodeAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the environment variables of a grid node. */
final class NodeVariableTest {
    private static final Pattern NAME = Pattern.compile("IGNITE_TASKS_[A-Z_]+");

    @Test
    void helpTellsOfEachVariableThatTheFileNamesAndOfNoOther() throws IOException {
        Set<String> used = names(Files.readString(Path.of("config", "grid-node.xml")));

        assertThat(names(GridNode.commandLine().getUsageMessage()))
                .isEqualTo(used)
                .hasSize(15);
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
        "IGNITE_TASKS_ADDRESSES, ','",
        "IGNITE_TASKS_ADDRESSES, ',host'",
        "IGNITE_TASKS_ADDRESSES, 999.1.1.1",
        "IGNITE_TASKS_ADDRESSES, 10.0.1:47500",
        "IGNITE_TASKS_ADDRESSES, [host]:47500",
        "IGNITE_TASKS_ADDRESSES, ::1",
        "IGNITE_TASKS_ADDRESSES, -host",
        "IGNITE_TASKS_ADDRESSES, host/path",
        "IGNITE_TASKS_PORT, +47500",
        "IGNITE_TASKS_PORT, ''",
        "IGNITE_TASKS_PORT, ٤٧٥٠٠",
        "IGNITE_TASKS_COMMUNICATION_PORT, 0x1234",
        "IGNITE_TASKS_MEMORY, 9223372036854775807",
        "IGNITE_TASKS_MEMORY, 99999999999999999999999",
        "IGNITE_TASKS_STORE, ''",
        "IGNITE_TASKS_STORE, ' '",
        "IGNITE_TASKS_STORE, /dev/null",
        "IGNITE_TASKS_QUORUM, ' 2'",
        "IGNITE_TASKS_HOST, ''",
        "IGNITE_TASKS_HOST, ' '",
        "IGNITE_TASKS_HOST, '127.0.0.1,10.0.0.1'",
        "IGNITE_TASKS_HOST, 'two words'",
        "IGNITE_TASKS_DASHBOARD, yes",
        "IGNITE_TASKS_DASHBOARD, 65536",
        "IGNITE_TASKS_DASHBOARD_HOST, ''"
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
        "IGNITE_TASKS_ADDRESSES, '10.0.0.1:47500,node_1.grid.:47500..47500,ünode,0host,'",
        "IGNITE_TASKS_ADDRESSES, '[fe80::1%eth0],[::ffff:10.0.0.1]:1..65535'",
        "IGNITE_TASKS_ADDRESSES, '127.0.0.1:${IGNITE_TASKS_PORT}'",
        "IGNITE_TASKS_STORE, target/new/folder",
        "IGNITE_TASKS_STORE, target/with a space",
        "IGNITE_TASKS_HOST, ::1",
        "IGNITE_TASKS_HOST, fe80::1%eth0",
        "IGNITE_TASKS_HOST, 0.0.0.0",
        "IGNITE_TASKS_DASHBOARD, 0",
        "IGNITE_TASKS_DASHBOARD, 8090",
        "IGNITE_TASKS_DASHBOARD_HOST, 0.0.0.0"
    })
    void valueThatIsRightIsTaken(NodeVariable variable, String value) {
        assertThat(variable.problem(name -> Optional.of(value))).isEmpty();
        assertThat(variable.problem(name -> Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "IGNITE_TASKS_ATTRIBUTES, zone, 'zone' has no '='; write it as name=value",
                "IGNITE_TASKS_ATTRIBUTES, ``, '' has no '='",
                "IGNITE_TASKS_ATTRIBUTES, `zone=a,`, '' has no '='",
                "IGNITE_TASKS_ATTRIBUTES, =a, the name of an attribute must not be blank",
                "IGNITE_TASKS_ATTRIBUTES, ` =a`, the name of an attribute must not be blank",
                "IGNITE_TASKS_ATTRIBUTES, `zone= `, the value of attribute 'zone' must not be blank",
                "IGNITE_TASKS_ATTRIBUTES, `zone=a,zone=b`, 'zone' is there twice; leave one out",
                "IGNITE_TASKS_ATTRIBUTES, ignitetasks.slots=4, the name of an attribute must not start with ignitetasks.",
                "IGNITE_TASKS_ATTRIBUTES, org.apache.ignite.x=4, the name of an attribute must not start with ignitetasks. or",
                "IGNITE_TASKS_RESOURCES, gpu, 'gpu' has no '='; write it as name=amount",
                "IGNITE_TASKS_RESOURCES, =1, the name of a resource must not be blank",
                "IGNITE_TASKS_RESOURCES, `gpu=1, gpu=2`, 'gpu' is there twice",
                "IGNITE_TASKS_RESOURCES, gpu=0, the amount of resource 'gpu' must be 1 or more",
                "IGNITE_TASKS_RESOURCES, gpu=-1, the amount of resource 'gpu' must be a whole number from 1",
                "IGNITE_TASKS_RESOURCES, gpu=, the amount of resource 'gpu' must be a whole number from 1",
                "IGNITE_TASKS_RESOURCES, gpu=1.5, the amount of resource 'gpu' must be a whole number from 1",
                "IGNITE_TASKS_RESOURCES, gpu=٤, the amount of resource 'gpu' must be a whole number from 1",
                "IGNITE_TASKS_RESOURCES, gpu=2147483648, the amount of resource 'gpu' must be a whole number from 1",
                "IGNITE_TASKS_RESOURCES, gpu=99999999999999999999, the amount of resource 'gpu' must be a whole number from 1"
            })
    void declarationThatIsNotRightIsShownWithWhatToCorrect(NodeVariable variable, String value, String reason) {
        assertThat(variable.problem(name -> Optional.of(value)))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith(variable + " must be name=")
                        .contains("separated by commas, but is '" + value + "': " + reason)
                        .contains("; "));
    }

    @Test
    void declarationsAreReadWithTheVariablesToWhichTheyRefer() {
        Map<String, String> set = Map.of(
                "IGNITE_TASKS_ATTRIBUTES", "zone=a, rack=${RACK},formula=x=y",
                "IGNITE_TASKS_RESOURCES", "gpu=2,${RACK}=2147483647",
                "RACK", "r$7");

        assertThat(NodeVariable.declared(name -> Optional.ofNullable(set.get(name))))
                .isEqualTo(NodeAttributes.none()
                        .withAttribute("zone", "a")
                        .withAttribute("rack", "r$7")
                        .withAttribute("formula", "x=y")
                        .withResource("gpu", 2)
                        .withResource("r$7", Integer.MAX_VALUE));
        assertThat(NodeVariable.declared(name -> Optional.empty())).isEqualTo(NodeAttributes.none());
        assertThat(NodeVariable.values())
                .allSatisfy(variable -> assertThat(variable.problem(name -> Optional.ofNullable(set.get(name))))
                        .isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void valueThatRefersToWhatIsNotSetIsNamedWithThat(NodeVariable variable) {
        assertThat(variable.problem(
                        name -> Optional.of("before${nowhere}after").filter(value -> name.equals(variable.name()))))
                .hasValueSatisfying(
                        problem -> assertThat(problem).startsWith(variable + " refers to 'nowhere', which is neither"));
    }

    @ParameterizedTest
    @CsvSource({"::1, true", "fe80::1%eth0, true", "::, false", "0:0:0:0:0:0:0:0, false", "127.0.0.1, false"})
    void addressesAreNeededWhereTheHostDoesNotReachTheDefault(String host, boolean needed) {
        Optional<String> problem = NodeVariable.IGNITE_TASKS_ADDRESSES.problem(
                name -> Optional.of(host).filter(value -> name.equals(NodeVariable.IGNITE_TASKS_HOST.name())));

        assertThat(problem.isPresent()).isEqualTo(needed);
        assertThat(problem.orElse("IGNITE_TASKS_ADDRESSES must be set")).contains("IGNITE_TASKS_ADDRESSES must be set");
    }

    @Test
    void valueOfSeveralLinesOrAnyLengthIsShownOnOneLine() {
        assertThat(NodeVariable.IGNITE_TASKS_HOST.problem(name -> Optional.of("host\r\n\u2028ERROR forged\u0007")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("is 'host???ERROR forged?'"));
        assertThat(NodeVariable.IGNITE_TASKS_ADDRESSES.problem(name -> Optional.of("x y".repeat(100_000))))
                .hasValueSatisfying(problem -> assertThat(problem).hasSizeLessThan(500));
    }

    private static Set<String> names(String text) {
        Matcher matcher = NAME.matcher(text);
        Set<String> names = new TreeSet<>();
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    @Test
    void commandLooksWhereTheVariablesSayOrElseOnThisMachine() {
        Map<String, String> all =
                Map.of("IGNITE_TASKS_ADDRESSES", "a:1,127.0.0.1:${IGNITE_TASKS_PORT}", "IGNITE_TASKS_PORT", "47510");
        Map<String, String> port = Map.of("IGNITE_TASKS_PORT", "47510");

        assertThat(NodeVariable.addresses(name -> Optional.ofNullable(all.get(name))))
                .isEqualTo("a:1,127.0.0.1:47510");
        assertThat(NodeVariable.addresses(name -> Optional.ofNullable(port.get(name))))
                .isEqualTo("127.0.0.1:47510");
        assertThat(NodeVariable.addresses(name -> Optional.empty())).isEqualTo("127.0.0.1:47500..47519");
    }

    @Test
    void commandRefusesAddressesThatAreNotRight() {
        assertThatThrownBy(() -> NodeVariable.addresses(name -> Optional.of("host:0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("IGNITE_TASKS_ADDRESSES must be ");
    }
}
