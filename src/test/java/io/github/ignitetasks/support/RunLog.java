package io.github.ignitetasks.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A file with a line for each execution of a task in any process on this machine.
 *
 * @param file the file
 */
public record RunLog(File file) implements Serializable {

    /** Returns the log of a folder. */
    public static RunLog in(Path folder) {
        return new RunLog(folder.resolve("runs").toFile());
    }

    /** Adds a line for an execution. */
    public void add(String key) {
        try {
            // one write at the end of the file keeps lines of several processes apart
            Files.writeString(file.toPath(), key + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of executions of each key. */
    public Map<String, Long> runs() {
        try {
            return Files.readAllLines(file.toPath(), UTF_8).stream().collect(groupingBy(key -> key, counting()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
