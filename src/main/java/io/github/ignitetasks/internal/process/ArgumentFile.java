package io.github.ignitetasks.internal.process;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.internal.folder.OwnFolder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of arguments for {@code java @FILE}. Its length is not limited like that of a command, and only its owner can
 * read it.
 *
 * @see <a
 *     href="https://docs.oracle.com/en/java/javase/17/docs/specs/man/java.html#java-command-line-argument-files">the
 *     format</a>
 */
public final class ArgumentFile {
    private static final String OWNER_ALONE = "rw-------";

    private ArgumentFile() {}

    /** Writes the arguments to a new file that only its owner can read. */
    public static void write(Path file, List<String> arguments) throws IOException {
        create(file, text(arguments));
    }

    /** Creates a file with this text that only its owner can read. */
    static void create(Path file, String text) throws IOException {
        Files.createFile(file, OwnFolder.permissions(file, OWNER_ALONE));
        Files.writeString(file, text, ofLauncher());
    }

    /** Returns the character set in which the Java launcher reads arguments. */
    private static Charset ofLauncher() {
        return Charset.forName(
                System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));
    }

    /** Returns the arguments in the format of the launcher, one per line. */
    static String text(List<String> arguments) {
        return arguments.stream().map(ArgumentFile::quote).collect(joining("\n", "", "\n"));
    }

    private static String quote(String argument) {
        StringBuilder quoted = new StringBuilder(argument.length() + 2).append('"');
        for (int i = 0; i < argument.length(); i++) {
            char next = argument.charAt(i);
            switch (next) {
                case '"', '\\' -> quoted.append('\\').append(next);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\f' -> quoted.append("\\f");
                default -> quoted.append(next);
            }
        }
        return quoted.append('"').toString();
    }
}
