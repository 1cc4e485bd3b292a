package io.github.ignitetasks.observe;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The abilities of standard error.
 *
 * @param canRedraw whether a line may be redrawn there
 * @param width how many characters a line has
 * @param unicode whether it shows the characters of a bar
 * @param colours whether it may have colours
 * @param charset how its text is encoded
 */
record Terminal(boolean canRedraw, int width, boolean unicode, boolean colours, Charset charset) {
    static final String FULL = "\u2588";
    static final String EMPTY = "\u2591";

    private static final int STANDARD_WIDTH = 80;
    private static final Pattern WIDTH = Pattern.compile("[1-9][0-9]{0,3}");

    /** The names of terminals on Linux. */
    private static final Pattern DEVICE = Pattern.compile("/dev/(pts/.*|tty.*|console)");

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    /** Returns what the standard error of this process can show. */
    static Terminal ofThisProcess() {
        return of(System.getenv(), isTerminal(), charsetOfThisProcess());
    }

    /** Returns what a standard error can show. */
    static Terminal of(Map<String, String> environment, boolean isTerminal, Charset charset) {
        String type = environment.getOrDefault("TERM", "");
        boolean knowsCodes =
                environment.containsKey("WT_SESSION") || !(type.isEmpty() || type.equals("dumb")); // Windows Terminal
        boolean watched = environment.getOrDefault("CI", "").isEmpty();
        String columns = environment.getOrDefault("COLUMNS", "");
        return new Terminal(
                isTerminal && knowsCodes && watched,
                WIDTH.matcher(columns).matches() ? Integer.parseInt(columns) : STANDARD_WIDTH,
                charset.canEncode() && charset.newEncoder().canEncode(FULL + EMPTY),
                environment.getOrDefault("NO_COLOR", "").isEmpty(),
                charset);
    }

    /**
     * Returns whether standard error is a terminal. Java tells only whether standard input and output are. On Linux the
     * file of the process tells more: standard output may be a file while standard error is a terminal.
     */
    @SuppressWarnings("SystemConsoleNull") // the console itself is asked then
    private static boolean isTerminal() {
        if (Files.isSymbolicLink(STANDARD_ERROR)) {
            try {
                return DEVICE.matcher(Files.readSymbolicLink(STANDARD_ERROR).toString())
                        .matches();
            } catch (IOException e) {
                return false; // the process may not look at its own files: better the log than a broken line
            }
        }
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** Returns whether a console is a terminal. From Java 22 on there may be one that is not, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return Console.class.getMethod("isTerminal").invoke(console) instanceof Boolean terminal && terminal;
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static Charset charsetOfThisProcess() {
        return Optional.ofNullable(System.getProperty("stderr.encoding"))
                .or(() -> Optional.ofNullable(System.getProperty("sun.stderr.encoding")))
                .or(() -> Optional.ofNullable(System.getProperty("native.encoding")))
                .filter(Terminal::isKnown)
                .map(Charset::forName)
                .orElseGet(Charset::defaultCharset);
    }

    private static boolean isKnown(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalArgumentException e) { // it is no name of a charset
            return false;
        }
    }
}
