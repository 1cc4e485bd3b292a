package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests files that appear whole. */
final class NewFileTest {
    @TempDir
    Path folder;

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void fileMayHaveALongName() throws IOException {
        Path file = folder.resolve("r".repeat(245) + ".html");

        assertThat(NewFile.write(file, out -> out.write(1))).isEqualTo(file).hasSize(1);
        assertThat(files()).containsExactly(file);
    }

    @Test
    void fileThatCannotGetItsNameLeavesNothing() throws IOException {
        assertThatThrownBy(() -> NewFile.write(folder.resolve("run.html"), out -> {
                    for (Path temporary : files()) {
                        Files.delete(temporary);
                    }
                }))
                .isInstanceOf(IOException.class);

        assertThat(files()).isEmpty();
    }
}
