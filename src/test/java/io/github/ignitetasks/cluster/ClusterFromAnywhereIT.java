package io.github.ignitetasks.cluster;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.process.ArgumentFile;
import io.github.ignitetasks.internal.process.NodeMain;
import io.github.ignitetasks.support.AnywhereMain;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.ClusterMain;
import io.github.ignitetasks.support.LoaderMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests clusters of processes that programs of several kinds start. */
final class ClusterFromAnywhereIT {
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final String OPENS = "@" + System.getProperty("jvm.opens.file");
    private static final String LOGGING =
            "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile");

    /** The length in characters of a class path that is too long for a command. */
    private static final int LONG = 200_000;

    @TempDir
    private Path folder;

    @Test
    void classPathMayBeLongerThanACommandAndSecretsAreInNone() throws IOException {
        String longPath = CLASS_PATH
                + IntStream.range(0, LONG / 200)
                        .mapToObj(i -> File.pathSeparator + folder.resolve("x".repeat(200) + i + ".jar"))
                        .collect(joining());
        Path file = folder.resolve("arguments");
        ArgumentFile.write(file, List.of("-cp", longPath, "-Dsecret=hush"));
        assertThat(longPath).hasSizeGreaterThan(LONG);

        try (ChildJvm jvm = ChildJvm.start(List.of(OPENS, LOGGING, "@" + file, AnywhereMain.class.getName()))) {
            assertThat(jvm.awaitLine("result hush by "))
                    .contains(NodeMain.class.getName())
                    .doesNotContain("hush");
        }
    }

    /** The Java launcher may restart itself. Its command line then shows the content of its argument files. */
    @Test
    void propertiesAreInAFileOfTheirOwnThatItsOwnerAloneReads() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path file = folder.resolve("arguments");
        ArgumentFile.write(
                file, List.of("-cp", CLASS_PATH, "-Dsecret=hush \"quoted\"", "-Djava.io.tmpdir=" + temporary));

        try (ChildJvm jvm = ChildJvm.start(List.of(OPENS, LOGGING, "@" + file, ClusterMain.class.getName(), "1"))) {
            Path process = Path.of("/proc", jvm.awaitLine("child "));
            jvm.awaitLine("started ");

            assertThat(Files.readString(process.resolve("cmdline")))
                    .contains(NodeMain.class.getName())
                    .doesNotContain("-D", "hush");
            Path work = onlyOneIn(temporary, "java.args");
            assertThat(permissions(work)).isEqualTo("rwx------");
            assertThat(work.resolve("java.args")).content().contains("-cp").doesNotContain("-Dsecret", "hush");
            assertThat(work.resolve("properties.args")).content().contains("-Dsecret=hush");
            assertThat(permissions(work.resolve("properties.args"))).isEqualTo("rw-------");
            jvm.endInput();
            jvm.awaitLine("closed");
        }
        assertThat(temporary).isEmptyDirectory();
    }

    /** Returns the subfolder that has a file of this name. */
    private static Path onlyOneIn(Path parent, String file) throws IOException {
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(each -> Files.exists(each.resolve(file)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void programOfAClassLoaderOfFilesHasItsClassesInTheProcesses() {
        try (ChildJvm jvm = ChildJvm.start(loader("files"))) {
            assertThat(jvm.awaitLine("result ")).contains(NodeMain.class.getName());
        }
    }

    @Test
    void programOfAJarOfJarsIsToldWhatToUseInstead() {
        try (ChildJvm jvm = ChildJvm.start(loader("jars"))) {
            assertThat(jvm.awaitLine("refused: "))
                    .contains("the class loader")
                    .contains("JarsInAJar")
                    .contains("processes(false)")
                    .contains("-Djarmode=tools");
            assertThat(jvm.awaitLine("children ")).isEqualTo("0");
        }
    }

    @Test
    void programOfASourceFileIsToldWhatToUseInstead() throws IOException {
        Path file = Files.writeString(folder.resolve("Program.java"), """
                import io.github.ignitetasks.cluster.LocalCluster;

                class Program {
                    public static void main(String[] args) {
                        try {
                            LocalCluster.builder().nodes(1).build().start().close();
                        } catch (IllegalStateException e) {
                            System.out.println("refused: " + e.getMessage());
                        }
                    }
                }
                """);

        try (ChildJvm jvm = ChildJvm.start(List.of(OPENS, LOGGING, "-cp", CLASS_PATH, file.toString()))) {
            assertThat(jvm.awaitLine("refused: "))
                    .contains("runs from a source file")
                    .contains("compile it with javac")
                    .contains("processes(false)");
        }
    }

    private static List<String> loader(String kind) {
        String ownFolder = LoaderMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        List<String> command = new ArrayList<>(List.of(OPENS, LOGGING, "-cp", ownFolder, LoaderMain.class.getName()));
        command.addAll(List.of(kind, CLASS_PATH, AnywhereMain.class.getName()));
        return command;
    }
}
