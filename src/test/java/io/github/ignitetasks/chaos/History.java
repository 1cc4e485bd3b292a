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
 * A file, outside the grid, to which all processes of a run add what they do: a line for each execution when it starts,
 * and one for each state that a submitter sees. A line is one write, so it is there also when its process is killed.
 * Times are of the machine's one monotonic clock.
 *
 * @param file the file
 */
record History(File file) implements Serializable {

    private static final int TAIL = 1 << 16;

    /** Returns that of a folder, which it begins if there is none. */
    @SuppressWarnings("CheckReturnValue") // one that was begun goes on
    static History in(Path folder) {
        File file = folder.resolve("history").toFile();
        try {
            file.createNewFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new History(file);
    }

    /** Something that happened at a time, in a process. */
    interface Line {
        String key();

        long pid();

        long nanos();
    }

    /**
     * An execution has started.
     *
     * @param token its result, which no other execution has
     * @param upstreams the results of its upstreams, in their order
     */
    record Run(String key, long pid, long nanos, String token, List<String> upstreams) implements Line {}

    /**
     * A submitter has seen a state.
     *
     * @param text the result, or what went wrong
     */
    record Seen(String key, long pid, long nanos, StateType type, String text) implements Line {}

    /** Adds an execution, and returns its token. */
    String run(String key, List<String> upstreams) {
        String token = UUID.randomUUID().toString();
        add("run", key, token, String.join(",", upstreams));
        return token;
    }

    /** Adds what a submitter has seen. */
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

    /** Returns all that was added. */
    List<Line> lines() {
        try (Stream<String> lines = Files.lines(file.toPath(), UTF_8)) {
            return lines.map(History::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what was added in the last moments. */
    List<Line> latest() {
        try (RandomAccessFile in = new RandomAccessFile(file, "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL, in.length())];
            in.seek(in.length() - tail.length);
            in.readFully(tail);
            String text = new String(tail, UTF_8);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1); // what is just being written is not
            return whole.lines().skip(1).map(History::parse).toList(); // the first may be cut
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
