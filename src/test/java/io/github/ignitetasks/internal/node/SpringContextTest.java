package io.github.ignitetasks.internal.node;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests Spring XML files with errors. */
final class SpringContextTest {
    private static final String NODE = "<bean class='org.apache.ignite.configuration.IgniteConfiguration'>%s</bean>";

    @TempDir
    private Path folder;

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of("it is none", "file.xml is not right; correct this: "),
                Arguments.of(
                        beans(""), "file.xml must define one bean of org.apache.ignite.configuration.IgniteConfig"),
                Arguments.of(beans(NODE.formatted("") + NODE.formatted("")), "file.xml must define one bean of"),
                Arguments.of(
                        beans(NODE.formatted("<property name='nonsense' value='1'/>")), "correct this: .*'nonsense'"),
                Arguments.of(
                        beans(NODE.formatted("<property name='metricsLogFrequency' value='often'/>")),
                        "correct this: .*'metricsLogFrequency'.*\"often\""),
                Arguments.of(
                        beans(
                                NODE.formatted("<property name='localHost' value='${NOWHERE_SET}'/>")
                                        + "<bean class='org.springframework.context.support.PropertySourcesPlaceholderConfigurer'/>"),
                        "correct this: .*'NOWHERE_SET'"),
                Arguments.of(beans("<bean class='com.example.Nowhere'/>"), "correct this: .*com.example.Nowhere"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void fileThatIsNotRightIsRefusedNamingItAndWhatToCorrect(String text, String message) throws IOException {
        URL file = Files.writeString(folder.resolve("file.xml"), text).toUri().toURL();

        assertThatIllegalStateException()
                .isThrownBy(() -> SpringContext.read(file))
                .withMessageStartingWith("the Spring XML file " + file)
                .withMessageMatching("(?s).*" + message + ".*");
    }

    private static String beans(String beans) {
        return """
                <beans xmlns="http://www.springframework.org/schema/beans"
                       xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                       xsi:schemaLocation="http://www.springframework.org/schema/beans
                                           http://www.springframework.org/schema/beans/spring-beans.xsd">
                    %s
                </beans>
                """.formatted(beans);
    }
}
