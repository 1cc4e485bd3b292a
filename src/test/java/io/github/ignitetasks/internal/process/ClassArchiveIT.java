package io.github.ignitetasks.internal.process;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.cluster.TestCluster;
import io.github.ignitetasks.internal.node.NodeSettings;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.ClusterMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.spi.ToolProvider;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the class-data archive that makes nodes start faster. */
final class ClassArchiveIT {
    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

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

    /** The writer of an archive decides which code the nodes run. */
    @Test
    void archiveThatOthersMayHaveWrittenIsNotUsedAndNeitherIsAFolderThatIsNotOurs() throws IOException {
        ClassArchive archive =
                ClassArchive.in(folder.resolve("cache"), "some.jar").orElseThrow();
        Files.writeString(archive.file(), "");
        assertThat(archive.useOptions()).isNotEmpty();

        Files.setPosixFilePermissions(archive.file(), PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(archive.useOptions()).isEmpty();
        assertThat(archive.isWanted()).isTrue();

        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("cache"));
        try (CapturedLog log = CapturedLog.of(ClassArchive.class)) {
            assertThat(ClassArchive.in(link, "some.jar")).isEmpty();
            assertThat(log.messages())
                    .containsExactly(
                            "nodes start without a class-data archive: the folder " + link + " is a symbolic link");
        }
    }

    @Test
    void clusterWhoseArchiveWouldBeInAFolderOfOthersStartsWithoutAndLeavesNothingThere() throws IOException {
        Path cache = Files.createDirectories(folder.resolve("ignite-task-runner"));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> command = List.of(
                "@" + System.getProperty("jvm.opens.file"),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                jars() + File.pathSeparator + jar("tests.jar", ClusterMain.class),
                ClusterMain.class.getName(),
                "1");
        try (ChildJvm parent = ChildJvm.start(command, Map.of("XDG_CACHE_HOME", folder.toString()))) {
            parent.awaitText("can be written by other users");
            parent.awaitLine("started ");
            parent.endInput();
            parent.awaitLine("closed");
        }
        assertThat(cache).isEmptyDirectory();
    }

    /** A JVM that writes the archive at its end also does so when it is halted. Its draft of 38 MB would be left. */
    @Test
    void clusterWhoseJvmIsKilledLeavesNoDraft() throws IOException {
        Path cache = folder.resolve("cache");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> command = List.of(
                "@" + System.getProperty("jvm.opens.file"),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                jars() + File.pathSeparator + jar("tests.jar", ClusterMain.class),
                ClusterMain.class.getName(),
                "1");
        try (ChildJvm parent = ChildJvm.start(command, Map.of("XDG_CACHE_HOME", cache.toString()))) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(parent.awaitLine("child "))).orElseThrow();

            parent.kill();

            Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> !child.isAlive());
        }
        assertThat(temporary).isEmptyDirectory();
        assertThat(cache.resolve("ignite-task-runner")).isEmptyDirectory();
    }

    @Test
    void draftOfAKilledJvmAndThatOfAnEarlierVersionAreDeleted() throws IOException {
        Path draft = Files.createDirectory(folder.resolve("ignite-tasks-999999999-1700000000000-1"));
        Files.setLastModifiedTime(draft, LONG_AGO);
        Path old = Files.writeString(folder.resolve(UUID.randomUUID() + ".draft"), "");
        Files.setLastModifiedTime(old, LONG_AGO);

        publish(ClassArchive.in(folder, "some.jar").orElseThrow());

        assertThat(draft).doesNotExist();
        assertThat(old).doesNotExist();
    }

    @Test
    void folderKeepsTheArchivesThatWereUsedLast() throws IOException {
        List<ClassArchive> archives = IntStream.rangeClosed(0, ClassArchive.KEPT)
                .mapToObj(i -> ClassArchive.in(folder, i + ".jar").orElseThrow())
                .toList();
        for (ClassArchive archive : archives.subList(0, ClassArchive.KEPT)) {
            Files.writeString(archive.file(), "");
            Files.setLastModifiedTime(archive.file(), LONG_AGO);
        }
        assertThat(archives.get(2).useOptions()).isNotEmpty();
        Files.setLastModifiedTime(archives.get(1).file(), FileTime.fromMillis(-100_000));

        publish(archives.get(ClassArchive.KEPT));

        assertThat(archives)
                .filteredOn(archive -> Files.exists(archive.file()))
                .hasSize(ClassArchive.KEPT)
                .doesNotContain(archives.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "home", "/nonexistent"})
    void userWithoutAProperHomeHasNoArchives(String home) {
        assertThat(ClassArchive.cacheFolder(Optional.empty(), home)).isEmpty();
    }

    @Test
    void cacheOfTheUserIsWhereItSaysUnlessThatIsNoFullPath() {
        assertThat(ClassArchive.cacheFolder(Optional.of("/cache"), "?")).contains(Path.of("/cache/ignite-task-runner"));
        assertThat(ClassArchive.cacheFolder(Optional.of(""), folder.toString()))
                .contains(folder.resolve(".cache/ignite-task-runner"));
        assertThat(ClassArchive.cacheFolder(Optional.of("cache"), folder.toString()))
                .isEmpty();
    }

    private void publish(ClassArchive archive) throws IOException {
        archive.publish(Files.writeString(folder.resolve("draft.jsa"), ""));
    }

    private static void startAndClose(String classPath, ClassArchive archive, List<String> options) {
        try (Cluster cluster = TestCluster.start(
                new NodesInChildJvms(NodeSettings.withSlots(1), options, classPath, Optional.of(archive)))) {
            assertThat(cluster.nodes()).isEqualTo(1);
        }
    }

    /** Returns the class path of this JVM, with a jar instead of the folder of the library's classes. */
    private String jars() {
        Path jar = jar("own.jar", LocalCluster.class);
        Stream<String> others = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"));
        return Stream.concat(Stream.of(jar.toString()), others).collect(joining(File.pathSeparator));
    }

    /** Makes a jar of the folder that contains a class. */
    private Path jar(String name, Class<?> type) {
        Path jar = folder.resolve(name);
        Path classes =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
        int code = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        assertThat(code).isZero();
        return jar;
    }
}
