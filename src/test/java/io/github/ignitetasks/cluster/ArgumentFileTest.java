package io.github.ignitetasks.cluster;

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

/** Options that go to a JVM by a file. */
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
        List<String> options = new ArrayList<>(IntStream.range(0, VALUES.size())
                .mapToObj(i -> "-Dvalue" + i + "=" + VALUES.get(i))
                .toList());
        options.addAll(List.of("-cp", System.getProperty("java.class.path")));
        ArgumentFile.write(file, options);

        try (ChildJvm jvm = ChildJvm.start(List.of("@" + file, HashMain.class.getName()))) {
            for (int i = 0; i < VALUES.size(); i++) {
                assertThat(jvm.awaitLine("value" + i + " "))
                        .as("value %s", i)
                        .isEqualTo(Integer.toString(VALUES.get(i).hashCode()));
            }
        }
    }

    @Test
    void fileIsReadableByItsOwnerAlone() throws IOException {
        Path file = folder.resolve("file");

        ArgumentFile.write(file, List.of("-Dpassword=secret"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** Prints a digest of each value that it has. */
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
