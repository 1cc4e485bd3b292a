package io.github.ignitetasks.cluster;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that makes nodes start faster. */
final class ClassArchiveIT {
    @TempDir
    private Path folder;

    @Test
    void firstClusterWritesTheArchiveAndLaterNodesUseIt() throws IOException {
        String classPath = jars();
        ClassArchive archive =
                ClassArchive.in(folder.resolve("cache"), classPath).orElseThrow();

        startAndClose(classPath, archive, List.of());

        assertThat(archive.file()).isNotEmptyFile();
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            assertThat(files).containsExactly(archive.file());
        }
        Path loaded = folder.resolve("loaded");
        startAndClose(classPath, archive, List.of("-Xlog:class+load:file=" + loaded));
        assertThat(loaded).content().contains("IgniteKernal source: shared objects file (top)");
    }

    @Test
    void nodeWithASpoiltArchiveStartsAllTheSame() throws IOException {
        String classPath = jars();
        ClassArchive archive =
                ClassArchive.in(folder.resolve("cache"), classPath).orElseThrow();
        Files.writeString(archive.file(), "spoilt");

        startAndClose(classPath, archive, List.of());
    }

    @Test
    void jarThatChangesHasAnotherArchive() throws IOException {
        Path jar = Files.writeString(folder.resolve("some.jar"), "one");
        Optional<ClassArchive> before = ClassArchive.in(folder, jar.toString());
        assertThat(ClassArchive.in(folder, jar.toString())).isEqualTo(before).isPresent();

        Files.writeString(jar, "another");

        assertThat(ClassArchive.in(folder, jar.toString())).isPresent().isNotEqualTo(before);
    }

    @Test
    void classPathWithAFolderHasNoArchive() {
        assertThat(ClassArchive.in(folder, "some.jar" + File.pathSeparator + folder))
                .isEmpty();
    }

    @Test
    void cacheFolderThatCannotBeMadeMeansNoArchive() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(ClassArchive.in(file.resolve("cache"), "some.jar")).isEmpty();
    }

    private static void startAndClose(String classPath, ClassArchive archive, List<String> options) {
        try (Cluster cluster = LocalNodes.start(
                1, new NodesInChildJvms(NodeSettings.withSlots(1), options, classPath, Optional.of(archive)))) {
            assertThat(cluster.nodes()).isEqualTo(1);
        }
    }

    /** Returns the class path of this JVM, with a jar instead of the folder of our classes. */
    private String jars() {
        Path jar = folder.resolve("own.jar");
        Path classes = Path.of(LocalCluster.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        int code = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        assertThat(code).isZero();
        Stream<String> others = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"));
        return Stream.concat(Stream.of(jar.toString()), others).collect(joining(File.pathSeparator));
    }
}
