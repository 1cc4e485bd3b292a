package io.github.ignitetasks.observe;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Writes files that appear whole and replace none. If a file of the name exists, the new one has a number in its name:
 * {@code run-2.html}, {@code run-3.html} and so on.
 */
final class NewFile {
    private static final String COMPRESSED = ".gz";

    private NewFile() {}

    /** Writes the content of a file. */
    interface Content {
        /** Writes the content. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file, and returns its path. The folder must exist. */
    static Path write(Path file, Content content) throws IOException {
        Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                content.writeTo(out);
            }
            Path own = claim(file);
            boolean isMoved = false;
            try {
                Files.move(temporary, own, ATOMIC_MOVE, REPLACE_EXISTING); // replaces the file that claims the name
                isMoved = true;
            } finally {
                if (!isMoved) {
                    Files.deleteIfExists(own);
                }
            }
            return own;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Makes an empty file, of a name that nobody else has, also not another session at this moment. */
    private static Path claim(Path file) throws IOException {
        for (int number = 1; ; number++) {
            try {
                return Files.createFile(number == 1 ? file : numbered(file, number));
            } catch (FileAlreadyExistsException e) {
                // the next number may be free
            }
        }
    }

    private static Path numbered(Path file, int number) {
        String name = file.getFileName().toString();
        int length = name.endsWith(COMPRESSED) ? name.length() - COMPRESSED.length() : name.length();
        int dot = name.lastIndexOf('.', length - 1);
        int at = dot > 0 ? dot : length;
        return file.resolveSibling(name.substring(0, at) + "-" + number + name.substring(at));
    }
}
