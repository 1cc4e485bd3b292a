package io.github.ignitetasks.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A file outside the grid, to which all processes of a run add lines. There is a line for each start of an execution,
 * and one for each state that a submitter sees. A line is a single write, so it survives the kill of its process. Times
 * come from the monotonic clock of the machine, which all processes share.
 *
 * @param file the file
 */
record History(File file) implements Serializable {

    private static final int TAIL = 1 << 16;

    /** Returns the history of a folder, and creates the file if it is missing. */
    @SuppressWarnings("CheckReturnValue") // an existing history goes on
    static History in(Path folder) {
        File file = folder.resolve("history").toFile();
        try {
            file.createNewFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new History(file);
    }

    /** An event in a process at a time. */
    interface Line {
        String key();

        long pid();

        long nanos();
    }

    /**
     * The start of an execution.
     *
     * @param token the result of the execution, which no other execution has
     * @param upstreams the results of its upstreams, in order
     */
    record Run(String key, long pid, long nanos, String token, List<String> upstreams) implements Line {}

    /**
     * A state that a submitter has seen.
     *
     * @param text the result, or the description of the failure
     */
    record Seen(String key, long pid, long nanos, StateType type, String text) implements Line {}

    /** Adds the start of an execution, and returns its token. */
    String run(String key, List<String> upstreams) {
        String token = UUID.randomUUID().toString();
        add("run", key, token, String.join(",", upstreams));
        return token;
    }

    /** Adds a state that a submitter has seen. */
    void seen(String key, State<String> state) {
        add("seen", key, state.type().name(), state.isCompleted() ? state.result() : state.describe());
    }

    private void add(String what, String key, String first, String second) {
        String line = String.join(
                " ",
                what,
                key,
                Long.toString(ProcessHandle.current().pid()),
                Long.toString(System.nanoTime()),
                first,
                second.replace('\n', ' '));
        try {
            Files.writeString(file.toPath(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns all lines. */
    List<Line> lines() {
        try (Stream<String> lines = Files.lines(file.toPath(), UTF_8)) {
            return lines.map(History::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the latest lines. */
    List<Line> latest() {
        try (RandomAccessFile in = new RandomAccessFile(file, "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL, in.length())];
            in.seek(in.length() - tail.length);
            in.readFully(tail);
            String text = new String(tail, UTF_8);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1); // drops a line that is being written
            return whole.lines().skip(1).map(History::parse).toList(); // the first line may be cut
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line parse(String line) {
        String[] words = line.split(" ", 6);
        long pid = Long.parseLong(words[2]);
        long nanos = Long.parseLong(words[3]);
        return words[0].equals("run")
                ? new Run(words[1], pid, nanos, words[4], words[5].isEmpty() ? List.of() : List.of(words[5].split(",")))
                : new Seen(words[1], pid, nanos, StateType.valueOf(words[4]), words[5]);
    }
}
