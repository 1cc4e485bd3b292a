package io.github.ignitetasks.support;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number of places for tasks in any process on this machine. A task at work has one; if none is free, it fails. A
 * place is a locked file, so the places of a process that dies are free.
 *
 * @param folder the folder of the files
 * @param number how many places there are
 */
public record WorkPlaces(File folder, int number) implements Serializable {
    /** The open files of this JVM. They stay open, because closing one drops all locks that this JVM has on it. */
    private static final Map<File, FileChannel> OPEN = new HashMap<>(); // guarded by itself

    /** Returns the places of a folder. */
    public static WorkPlaces in(Path folder, int number) {
        return new WorkPlaces(folder.toFile(), number);
    }

    /**
     * Takes a place until it is closed.
     *
     * @throws IllegalStateException if there is none
     */
    public FileLock take() throws IOException {
        synchronized (OPEN) {
            try (FileLock oneAtATime = open("all").lock()) {
                for (int i = 0; oneAtATime.isValid() && i < number; i++) {
                    FileLock place = tryTake(open("place-" + i));
                    if (place != null) {
                        return place;
                    }
                }
            }
        }
        throw new IllegalStateException("more than " + number + " tasks are at work");
    }

    private static @Nullable FileLock tryTake(FileChannel place) throws IOException {
        try {
            return place.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another task of this JVM has it
        }
    }

    private FileChannel open(String name) throws IOException {
        File file = new File(folder, name);
        FileChannel known = OPEN.get(file);
        if (known == null) {
            known = FileChannel.open(file.toPath(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            OPEN.put(file, known);
        }
        return known;
    }
}
