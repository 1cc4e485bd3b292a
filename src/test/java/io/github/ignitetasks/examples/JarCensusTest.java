package io.github.ignitetasks.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.examples.JarCensus.Census;
import io.github.ignitetasks.flow.FlowReport;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarCensusTest {
    private static final int JAVA_8 = 52;
    private static final int JAVA_17 = 61;

    private Path directory;

    @BeforeEach
    void makeJars(@TempDir Path folder) throws IOException {
        directory = folder.toRealPath();
        Files.createDirectories(directory.resolve("a/b"));
        Map<String, Integer> classes = new LinkedHashMap<>();
        classes.put("One.class", JAVA_8);
        classes.put("two/Two.class", JAVA_8);
        classes.put("META-INF/versions/17/One.class", JAVA_17);
        byte[] good = jar(classes);
        Files.write(directory.resolve("good.jar"), good);
        Files.write(directory.resolve("a/b/modern.jar"), jar(Map.of("module-info.class", JAVA_17)));
        Files.write(directory.resolve("a/no-classes.jar"), jar(Map.of()));
        Files.write(directory.resolve("a/empty.jar"), new byte[0]);
        Files.write(directory.resolve("a/truncated.jar"), Arrays.copyOf(good, good.length / 2));
        Files.writeString(directory.resolve("a/text.jar"), "this is no archive");
        Files.writeString(directory.resolve("a/readme.txt"), "this is no jar");
    }

    @Test
    void classesOfGoodJarsAreCountedByVersion() {
        assertThat(census().result().classes().byVersion()).containsExactly(entry(JAVA_8, 2L), entry(JAVA_17, 2L));
    }

    @Test
    void jarsThatWereReadAreCounted() {
        assertThat(census().result().jars()).isEqualTo(3);
    }

    @Test
    void jarsThatCannotBeReadAreToldWithPathAndReason() {
        Map<String, String> failed = census().result().failed();

        assertThat(failed.keySet())
                .containsExactly(
                        directory.resolve("a/empty.jar").toString(),
                        directory.resolve("a/text.jar").toString(),
                        directory.resolve("a/truncated.jar").toString());
        assertThat(failed.values()).allSatisfy(reason -> assertThat(reason).startsWith("Failed: java.util.zip.Zip"));
    }

    @Test
    void taskOfAJarThatCannotBeReadIsFailedAndTheFlowIsCompleted() {
        FlowReport<Census> report = census();

        assertThat(report.state().isCompleted()).isTrue();
        assertThat(report.taskStates().values())
                .filteredOn(state -> state.type() == StateType.FAILED)
                .hasSize(3);
        assertThat(report.describe())
                .isEqualTo("jar-census: Completed; count-classes 3 Completed 3 Failed, sum 1 Completed");
    }

    @Test
    void summaryHasALineForEachVersionAndEachFailedJar() {
        assertThat(census().result().describe().lines())
                .containsSubsequence(
                        "     52  8                 2", "     61  17                2", "3 jars read, 3 not")
                .anyMatch(line -> line.startsWith(directory.resolve("a/empty.jar") + ": Failed"));
    }

    @Test
    void jarWithAnEntryThatIsNoClassIsFailedNamingIt() throws IOException {
        Path jar = directory.resolve("strange.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("Strange.class"));
            zip.write("no class at all".getBytes(UTF_8));
        }

        assertThat(census().result().failed().get(jar.toString())).contains("Strange.class is no class file");
    }

    @Test
    void linkIsNotFollowedEvenInACircle() throws IOException {
        Files.createSymbolicLink(directory.resolve("a/circle"), directory);

        assertThat(JarCensus.jarsUnder(directory)).hasSize(6).noneMatch(path -> path.contains("circle"));
    }

    @Test
    void directoryThatIsALinkIsLookedInto() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("a/b"));

        assertThat(JarCensus.jarsUnder(link))
                .containsExactly(directory.resolve("a/b/modern.jar").toString());
    }

    @Test
    void directoryWithoutJarsGivesAnEmptyCensus() throws IOException {
        Census census = JarCensus.CENSUS.run(JarCensus.jarsUnder(Files.createDirectory(directory.resolve("none"))));

        assertThat(census.jars()).isZero();
        assertThat(census.classes().byVersion()).isEmpty();
    }

    @Test
    void exampleEndsWellAlthoughJarsCannotBeRead() {
        assertThat(Examples.run(List.of("jar-census", directory.toString()))).isZero();
    }

    @Test
    void missingDirectoryIsAUsageErrorThatNamesIt() {
        Path missing = directory.resolve("missing");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JarCensus.jarsUnder(missing))
                .withMessage("'" + missing + "' is no directory; give one that holds jars");
        assertThat(Examples.run(List.of("jar-census", missing.toString()))).isEqualTo(2);
    }

    private FlowReport<Census> census() {
        return JarCensus.CENSUS
                .withTaskRunner(ThreadPoolTaskRunner.withSlots(2))
                .runReport(JarCensus.jarsUnder(directory));
    }

    private static byte[] jar(Map<String, Integer> classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                DataOutputStream data = new DataOutputStream(zip)) {
            for (Map.Entry<String, Integer> entry : classes.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                data.writeInt(0xCAFEBABE);
                data.writeShort(0);
                data.writeShort(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
