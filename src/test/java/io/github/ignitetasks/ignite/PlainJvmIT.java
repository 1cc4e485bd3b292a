package io.github.ignitetasks.ignite;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a program with one task. The JVM has no options, and the logging back end has no configuration. */
final class PlainJvmIT {
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    private static Path folder;

    private static List<String> output = List.of();

    @BeforeAll
    static void runOnTheClassPath() {
        try (ChildJvm jvm = ChildJvm.startPlain(List.of("-cp", CLASS_PATH, OneTaskMain.class.getName()))) {
            output = jvm.awaitOutput();
        }
    }

    @Test
    void taskRuns() {
        assertThat(output).contains("result 42");
    }

    @Test
    void openedPackagesAreLoggedOnceWithTheWaysToStateThem() {
        assertThat(output)
                .filteredOn(line -> line.contains("packages of the JDK"))
                .singleElement()
                .asString()
                .contains(" INFO ", "opened ", "jvm-opens.args", "Add-Opens");
    }

    @Test
    void debugLinesOfIgniteAreNotLogged() {
        assertThat(output)
                .noneMatch(line -> line.matches(".* (DEBUG|TRACE) (org\\.apache\\.ignite|o\\.a\\.i)\\..*"))
                .hasSizeLessThan(200);
    }

    @Test
    void jarThatNamesItsClassPathRunsATaskToo() throws IOException {
        try (ChildJvm jvm = ChildJvm.startPlain(List.of("-jar", jar().toString()))) {
            assertThat(jvm.awaitOutput()).contains("result 42");
        }
    }

    private static Path jar() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, OneTaskMain.class.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(CLASS_PATH.split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(joining(" ")));
        Path jar = folder.resolve("application.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    /** Runs one task on a temporary node, and prints its result. */
    public static final class OneTaskMain {
        private OneTaskMain() {}

        public static void main(String[] args) {
            try (TaskSession session = IgniteTaskRunner.create().start()) {
                System.out.println(
                        "result " + session.submit("product", () -> 6 * 7).result());
            }
        }
    }
}
