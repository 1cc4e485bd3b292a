package io.github.ignitetasks.internal.node;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public final class JvmOpensTest {
    private static final String NOT_OPEN = "-Dignitetasks.open=false";
    private static final Pattern NEEDED =
            Pattern.compile("/(ignite-core|ignite-slf4j|cache-api|slf4j-api|annotations)-");

    @Test
    void jvmWithTheOptionsPasses() {
        assertThatCode(JvmOpens::ensure).doesNotThrowAnyException();
    }

    @Test
    void jvmWithoutTheOptionsThatMayNotOpenPackagesIsToldEachOfThemAndTheProperty() {
        try (ChildJvm jvm = ChildJvm.start(List.of(NOT_OPEN), StartMain.class)) {
            String message = jvm.awaitLine("refused: ");
            assertThat(message)
                    .contains("Add them to the java command")
                    .contains("argLine")
                    .contains("unless system property ignitetasks.open is false");
            for (String option : JvmOpens.options()) {
                jvm.awaitLine(option);
            }
            assertThat(jvm.awaitExit()).isZero();
        }
    }

    @Test
    void jvmThatLacksOneOptionIsToldThatOneBeforeIgniteIsTouched(@TempDir Path folder) throws IOException {
        Path loadedClasses = folder.resolve("classes");
        List<String> options = JvmOpens.options().stream()
                .filter(option -> !option.contains("java.base/java.nio="))
                .collect(toCollection(ArrayList::new));
        options.addAll(List.of(NOT_OPEN, "-Xlog:class+load:file=" + loadedClasses));

        try (ChildJvm jvm = ChildJvm.start(options, StartMain.class)) {
            jvm.awaitLine("refused: ");
            assertThat(jvm.awaitLine("--add-opens=")).isEqualTo("java.base/java.nio=ALL-UNNAMED");
            assertThat(jvm.awaitExit()).isZero();
        }
        assertThat(loadedClasses).content().contains("IgniteTaskRunner").doesNotContain("GridUnsafe");
    }

    @Test
    void jvmWithoutTheOptionsThatMayNotOpenPackagesIsToldSoWhenItStartsALocalCluster() {
        try (ChildJvm jvm = ChildJvm.start(List.of(NOT_OPEN), StartMain.class, "cluster")) {
            assertThat(jvm.awaitLine("refused: ")).contains("Add them to the java command");
            assertThat(jvm.awaitExit()).isZero();
        }
    }

    @Test
    void jvmThatCannotOpenPackagesIsToldTheReasonAndEachOption() {
        List<String> withoutUnsafe = List.of("--limit-modules=java.se");
        try (ChildJvm jvm = ChildJvm.start(withoutUnsafe, StartMain.class)) {
            assertThat(jvm.awaitLine("refused: "))
                    .contains("cannot open packages by itself here: java.lang.ClassNotFoundException: sun.misc.Unsafe");
            jvm.awaitLine("--add-opens=java.base/java.nio=ALL-UNNAMED");
            jvm.awaitLine("cause java.lang.ClassNotFoundException");
            assertThat(jvm.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "TRUE", ""})
    void propertyThatIsNeitherTrueNorFalseIsRefusedWithItsValue(String value) {
        List<String> options = new ArrayList<>(JvmOpens.options());
        options.add("-Dignitetasks.open=" + value);
        try (ChildJvm jvm = ChildJvm.start(options, StartMain.class)) {
            assertThat(jvm.awaitLine("refused: "))
                    .isEqualTo("system property ignitetasks.open is '" + value
                            + "'; set it to true or to false, or leave it out for true");
            assertThat(jvm.awaitExit()).isZero();
        }
    }

    /** In a modular program, packages open to the module of Ignite, and some of the needed modules are missing. */
    @Test
    void programOfModulesIsToldTheModulesThatItLacksAndRunsWithThem(@TempDir Path folder) throws IOException {
        List<String> command = List.of("-p", modules(folder), "-m", "program/program.Program");
        String option;
        try (ChildJvm jvm = ChildJvm.start(command)) {
            assertThat(jvm.awaitLine("refused: ")).contains("Add them to the java command");
            option = jvm.awaitText("--add-modules=");
            assertThat(jvm.awaitOutput()).noneMatch(line -> line.startsWith("--add-opens"));
        }

        try (ChildJvm jvm = ChildJvm.start(with(List.of(option), command))) {
            assertThat(jvm.awaitLine("nodes ")).isEqualTo("1");
        }
    }

    @Test
    void programOfModulesThatMayNotOpenPackagesIsToldTheOptionsForItsModulesAndRunsWithThem(@TempDir Path folder)
            throws IOException {
        List<String> command = with(List.of(NOT_OPEN), List.of("-p", modules(folder), "-m", "program/program.Program"));
        List<String> options;
        try (ChildJvm jvm = ChildJvm.start(command)) {
            assertThat(jvm.awaitLine("refused: ")).contains("Add them to the java command");
            options = jvm.awaitOutput().stream()
                    .filter(line -> line.startsWith("--add-"))
                    .toList();
        }
        assertThat(options).contains("--add-opens=java.base/java.nio=ignite.core");

        try (ChildJvm jvm = ChildJvm.start(with(options, command))) {
            assertThat(jvm.awaitLine("nodes ")).isEqualTo("1");
        }
    }

    private static List<String> with(List<String> options, List<String> command) {
        return Stream.concat(options.stream(), command.stream()).toList();
    }

    /** Makes a module path with this library, its dependencies, and a program. */
    private static String modules(Path folder) throws IOException {
        Path manifest = Files.writeString(folder.resolve("manifest"), "Automatic-Module-Name: io.github.ignitetasks\n");
        Path libraries = Files.createDirectory(folder.resolve("libraries"));
        Path library = Path.of(JvmOpens.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        run(
                "jar",
                "-cfm",
                libraries.resolve("library.jar").toString(),
                manifest.toString(),
                "-C",
                library.toString(),
                ".");
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (NEEDED.matcher(entry).find()) {
                Files.copy(Path.of(entry), libraries.resolve(Path.of(entry).getFileName()));
            }
        }
        Path sources = Files.createDirectories(folder.resolve("sources/program"));
        Path info = Files.writeString(
                sources.resolveSibling("module-info.java"), "module program { requires io.github.ignitetasks; }");
        Path program = Files.writeString(sources.resolve("Program.java"), """
                package program;

                import io.github.ignitetasks.cluster.*;

                public class Program {
                    public static void main(String[] args) {
                        try (Cluster cluster = LocalCluster.builder().nodes(1).build().start()) {
                            System.out.println("nodes " + cluster.nodes());
                        } catch (IllegalStateException e) {
                            System.out.println("refused: " + e.getMessage());
                        }
                    }
                }
                """);
        Path classes = folder.resolve("classes");
        run(
                "javac",
                "-nowarn",
                "-p",
                libraries.toString(),
                "-d",
                classes.toString(),
                info.toString(),
                program.toString());
        return libraries + File.pathSeparator + classes;
    }

    private static void run(String tool, String... arguments) {
        int code = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        assertThat(code).isZero();
    }

    /** A main class that starts a runner, or a cluster if it has an argument, and prints the error. */
    public static final class StartMain {
        private StartMain() {}

        public static void main(String[] args) {
            try {
                if (args.length > 0) {
                    new LocalCluster().start().close();
                } else {
                    IgniteTaskRunner.create().start().close();
                }
            } catch (IllegalStateException e) {
                System.out.println("refused: " + e.getMessage());
                if (e.getCause() != null) {
                    System.out.println("cause " + e.getCause().getClass().getName());
                }
                return;
            }
            System.out.println("started");
        }
    }
}
