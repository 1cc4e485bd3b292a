package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.worker.GoldenFormats.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that this version reads the bytes of each version of this library, and still writes those of the latest. */
final class GoldenBytesTest {
    static final String SUFFIX = ".bin";

    private static final Path FOLDER = Path.of("src", "test", "resources", "io", "github", "ignitetasks", "golden");
    private static final String LATEST = "1";

    static Stream<Format> formats() {
        return GoldenFormats.all().stream();
    }

    /** Returns each file of each version, with its format. A version may lack formats that are newer than it. */
    static List<Arguments> files() throws IOException {
        try (Stream<Path> versions = Files.list(FOLDER)) {
            return versions.sorted()
                    .flatMap(version -> formats()
                            .filter(format -> Files.exists(file(version, format)))
                            .map(format -> Arguments.of(version.getFileName().toString(), format)))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void bytesOfEachVersionAreReadWithAllTheirValues(String version, Format format) throws Exception {
        format.check(Files.readAllBytes(file(FOLDER.resolve(version), format)));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void bytesOfTheLatestVersionAreStillWritten(Format format) throws Exception {
        byte[] golden = Files.readAllBytes(file(FOLDER.resolve(LATEST), format));

        assertThat(start(format.write(), format)).isEqualTo(start(golden, format));
    }

    private static byte[] start(byte[] bytes, Format format) {
        return Arrays.copyOf(bytes, bytes.length - format.varying());
    }

    @Test
    void latestVersionHasAFileForEachFormatAndNoOther() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(LATEST))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertThat(names)
                    .containsExactlyInAnyOrderElementsOf(
                            formats().map(format -> format.name() + SUFFIX).toList());
        }
    }

    private static Path file(Path version, Format format) {
        return version.resolve(format.name() + SUFFIX);
    }
}
