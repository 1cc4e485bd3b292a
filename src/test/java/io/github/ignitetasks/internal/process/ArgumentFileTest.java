package io.github.ignitetasks.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the files that pass options to a JVM. */
final class ArgumentFileTest {
    private static final List<String> VALUES = List.of(
            "plain",
            "with blanks",
            "\"quoted\" and 'quoted'",
            "back\\slash\\",
            "#no comment",
            "a\tb\nc",
            "@no file",
            "",
            "*",
            "x".repeat(200_000));

    @TempDir
    private Path folder;

    @Test
    void jvmReadsEachOptionAsItWas() throws IOException {
        Path file = folder.resolve("with blank # and 'quote");
        List<String> options = new ArrayList<>(properties());
        options.addAll(List.of("-cp", System.getProperty("java.class.path")));
        ArgumentFile.write(file, options);

        assertValuesArrive(List.of("@" + file, HashMain.class.getName()));
    }

    @Test
    void jvmReadsEachOptionOfItsOwnFileAsItWas() throws IOException {
        assertThat(VmOptionsFile.isSupported()).isTrue();
        String option = VmOptionsFile.write(folder.resolve("with blank # and 'quote"), properties());

        assertValuesArrive(List.of(option, "-cp", System.getProperty("java.class.path"), HashMain.class.getName()));
    }

    private static List<String> properties() {
        return IntStream.range(0, VALUES.size())
                .mapToObj(i -> "-Dvalue" + i + "=" + VALUES.get(i))
                .toList();
    }

    private static void assertValuesArrive(List<String> command) {
        try (ChildJvm jvm = ChildJvm.start(command)) {
            for (int i = 0; i < VALUES.size(); i++) {
                assertThat(jvm.awaitLine("value" + i + " "))
                        .as("value %s", i)
                        .isEqualTo(Integer.toString(VALUES.get(i).hashCode()));
            }
        }
    }

    @Test
    void filesAreReadableByTheirOwnerAlone() throws IOException {
        Path file = folder.resolve("file");

        ArgumentFile.write(file, List.of("-Dpassword=secret"));
        Path other = folder.resolve("other");
        VmOptionsFile.write(other, List.of("-Dpassword=secret"));

        for (Path each : List.of(file, other)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rw-------");
        }
    }

    /** A main class that prints the hash code of each of its values. */
    static final class HashMain {
        private HashMain() {}

        public static void main(String[] args) {
            for (int i = 0; i < VALUES.size(); i++) {
                System.out.println("value" + i + " "
                        + System.getProperty("value" + i, "none").hashCode());
            }
        }
    }
}
