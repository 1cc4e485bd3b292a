package io.github.ignitetasks.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.Deadlines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A JVM that has the class path of this one and runs a main class. Closing this object kills the JVM. A main class that
 * serves until its standard input ends also ends when this JVM does.
 */
public final class ChildJvm implements AutoCloseable {
    /** The environment variables from which JVMs take options. */
    private static final Set<String> OPTION_VARIABLES =
            Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();
    private final Thread reader;

    private ChildJvm(Process process) {
        this.process = process;
        reader = new Thread(() -> read(process.getInputStream()), "output of JVM " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a JVM that opens the packages that Ignite needs. */
    public static ChildJvm start(Class<?> main, String... arguments) {
        return start(List.of("@" + System.getProperty("jvm.opens.file")), main, arguments);
    }

    /** Starts a JVM with these options, which may give another class path. */
    public static ChildJvm start(List<String> options, Class<?> main, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path")));
        all.addAll(options);
        all.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
        all.add(main.getName());
        all.addAll(List.of(arguments));
        return start(all);
    }

    /** Starts a JVM with these arguments, options and class path included. */
    public static ChildJvm start(List<String> arguments) {
        return start(arguments, Map.of());
    }

    /** Starts a JVM with these arguments, options and class path included, and these variables in its environment. */
    public static ChildJvm start(List<String> arguments, Map<String, String> environment) {
        return start(List.of(), arguments, environment);
    }

    /**
     * Starts a JVM with these arguments, options and class path included. {@code command} goes before the Java command
     * and runs it.
     */
    public static ChildJvm startBy(List<String> command, List<String> arguments) {
        return start(command, arguments, Map.of());
    }

    /** Starts a JVM with these arguments alone. It gets no options from this class, the build or the environment. */
    public static ChildJvm startPlain(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(OPTION_VARIABLES);
        return start(builder);
    }

    private static ChildJvm start(List<String> prefix, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(prefix);
        command.add(java());
        command.add("-Xmx512m");
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return start(builder);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static ChildJvm start(ProcessBuilder builder) {
        try {
            return new ChildJvm(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(InputStream output) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(output, UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(its output ends: " + e + ")");
        }
    }

    /** Waits for a line with this beginning, and returns the rest of the line. */
    public String awaitLine(String beginning) {
        return awaitLine(beginning, line -> line.startsWith(beginning)).substring(beginning.length());
    }

    /** Waits for a line that contains this text, and returns the line. */
    public String awaitText(String part) {
        return awaitLine(part, line -> line.contains(part));
    }

    private String awaitLine(String wanted, Predicate<String> test) {
        long deadline = System.nanoTime() + Deadlines.PATIENCE.toNanos();
        try {
            while (true) {
                String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null) {
                    throw new AssertionError("no line '" + wanted + "' in:\n" + String.join("\n", seen));
                }
                seen.add(line);
                if (test.test(line)) {
                    return line;
                }
                if (!process.isAlive() && lines.isEmpty()) {
                    deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1); // lines may still be in the pipe
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Writes the lines that the JVM has printed so far to a file. */
    public void writeOutput(Path file) {
        lines.drainTo(seen);
        try {
            Files.write(file, seen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end of the JVM, and returns all lines that it has printed. */
    public List<String> awaitOutput() {
        try {
            awaitExit();
            reader.join();
            lines.drainTo(seen);
            return List.copyOf(seen);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits for the end of the JVM, and returns its exit code. */
    public int awaitExit() {
        try {
            if (!process.waitFor(Deadlines.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                signal("QUIT"); // the JVM prints a thread dump
                awaitText("JNI global refs");
                throw new AssertionError(
                        "JVM " + process.pid() + " did not end; it printed:\n" + String.join("\n", seen));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Returns the process id. */
    public long pid() {
        return process.pid();
    }

    /** Sends the JVM a signal, such as {@code STOP}, as {@code kill} does. */
    public void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill -" + name + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Asks the JVM to end, as {@code kill} does. */
    @SuppressWarnings("CheckReturnValue") // the JVM may have ended already
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Writes a line to the standard input of the JVM. */
    public void writeLine(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the standard input of the JVM. Many main classes end then. */
    public void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the JVM as {@code kill -9} does, and waits until it has ended. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    @Override
    public void close() {
        kill();
    }
}
