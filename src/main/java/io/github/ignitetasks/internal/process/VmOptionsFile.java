package io.github.ignitetasks.internal.process;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of options that a JVM reads by itself, for {@code -XX:VMOptionsFile}. What is in an {@link ArgumentFile} may come
 * to be seen by all: the launcher of Java, where it has to start itself anew, has the content of the file in its second
 * command. It does so for a {@code LD_LIBRARY_PATH} with another Java, and with musl.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/docs/specs/man/java.html">the option</a>
 */
final class VmOptionsFile {
    private VmOptionsFile() {}

    /** Returns whether JVMs such as this one have the option: those of the OpenJDK. */
    static boolean isSupported() {
        String name = System.getProperty("java.vm.name", "");
        return name.contains("OpenJDK") || name.contains("HotSpot");
    }

    /** Writes options to a new file that its owner alone can read; returns the option by which a JVM reads it. */
    static String write(Path file, List<String> options) throws IOException {
        ArgumentFile.create(file, text(options));
        return "-XX:VMOptionsFile=" + file;
    }

    private static String text(List<String> options) {
        return options.stream().map(VmOptionsFile::quote).collect(joining("\n", "", "\n"));
    }

    /** Returns the option in quotes; one that has quotes itself is put together of parts, as nothing escapes them. */
    private static String quote(String option) {
        return Stream.of(option.split("\"", -1)).map(part -> '"' + part + '"').collect(joining("'\"'"));
    }
}
