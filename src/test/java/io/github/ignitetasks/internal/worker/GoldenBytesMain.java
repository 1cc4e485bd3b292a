package io.github.ignitetasks.internal.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the golden files of this version of the library. CONTRIBUTING.md says when and how to run it. Argument: the
 * folder to write to.
 */
final class GoldenBytesMain {
    private GoldenBytesMain() {}

    /** Writes a file for each format. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (GoldenFormats.Format format : GoldenFormats.all()) {
            Files.write(folder.resolve(format.name() + GoldenBytesTest.SUFFIX), format.write());
        }
    }
}
