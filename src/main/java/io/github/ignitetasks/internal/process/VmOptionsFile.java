package io.github.ignitetasks.internal.process;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of options that the JVM itself reads, for {@code -XX:VMOptionsFile}. The content of an {@link ArgumentFile}
 * may become visible to all users. If the Java launcher has to restart itself, its second command contains that
 * content. It restarts itself if {@code LD_LIBRARY_PATH} points to another Java, and on musl.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/docs/specs/man/java.html">the option</a>
 */
final class VmOptionsFile {
    private VmOptionsFile() {}

    /** Returns whether this kind of JVM has the option. OpenJDK's JVMs have it. */
    static boolean isSupported() {
        String name = System.getProperty("java.vm.name", "");
        return name.contains("OpenJDK") || name.contains("HotSpot");
    }

    /** Writes options to a new file that only its owner can read, and returns the JVM option that reads it. */
    static String write(Path file, List<String> options) throws IOException {
        ArgumentFile.create(file, text(options));
        return "-XX:VMOptionsFile=" + file;
    }

    private static String text(List<String> options) {
        return options.stream().map(VmOptionsFile::quote).collect(joining("\n", "", "\n"));
    }

    /**
     * Returns a quoted option. A quote inside the option is quoted with the other kind of quote, because there is no
     * escape.
     */
    private static String quote(String option) {
        return Stream.of(option.split("\"", -1)).map(part -> '"' + part + '"').collect(joining("'\"'"));
    }
}
