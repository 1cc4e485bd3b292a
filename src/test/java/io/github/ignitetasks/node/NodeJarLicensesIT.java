package io.github.ignitetasks.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the lists in the jar of the grid node: its parts, for scanners, and their licenses, for people. */
final class NodeJarLicensesIT {
    /** The coordinates of a part, as in {@code pkg:maven/org.slf4j/slf4j-api@2.0.20?type=jar}. */
    private static final Pattern PACKAGE =
            Pattern.compile("\"purl\" *: *\"pkg:maven/[^/\"]+/([^@\"]+)@([^?\"]+)\\?type=jar\"");

    /** The coordinates of a part, as in {@code (org.slf4j:slf4j-api:2.0.20 - http://www.slf4j.org)}. */
    private static final Pattern LISTED =
            Pattern.compile("(?m)^ +\\(([^:]+)\\) [^\n]+ \\([^: ]+:([^: ]+):([^: ]+) - .+\\)$");

    private static final String SBOM = "META-INF/sbom/bom.json";

    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(System.getProperty("node.jar"));
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    @Test
    void listForScannersHasEachPartOfTheJarAndNothingElse() throws IOException {
        boolean offline = "offline is true"
                .equals(System.getProperty("build.offline")); // Maven then skips the plugin that makes the list
        assertThat(jar.getEntry(SBOM) == null).as("no " + SBOM).isEqualTo(offline);
        String list = offline ? "" : text(SBOM);
        Set<String> named = PACKAGE.matcher(list)
                .results()
                .map(part -> part.group(1) + "-" + part.group(2))
                .filter(part -> !part.startsWith("ignite-task-runner-"))
                .collect(toSet());

        assertThat(named).isEqualTo(offline ? Set.of() : parts());
        assertThat(list.contains("\"bomFormat\" : \"CycloneDX\"")).isEqualTo(!offline);
    }

    @Test
    void listForPeopleHasEachPartOfTheJarWithItsLicenseAndNothingElse() throws IOException {
        String list = text("META-INF/THIRD-PARTY.txt");

        assertThat(LISTED.matcher(list).results().map(part -> part.group(2) + "-" + part.group(3)))
                .containsExactlyInAnyOrderElementsOf(parts());
        assertThat(LISTED.matcher(list).results().map(part -> part.group(1)))
                .noneMatch(license -> license.contains("Unknown"));
    }

    /**
     * The tests find the parts of the jar by their classes. This test shows that they find the parts that the node
     * needs.
     */
    @Test
    void partsAreThoseOfIgniteSpringAndLoggingAndNoSqlEngine() throws IOException {
        assertThat(parts())
                .extracting(part -> part.replaceFirst("-[0-9].*", ""))
                .contains("ignite-core", "ignite-slf4j", "ignite-spring", "spring-core", "slf4j-api", "picocli")
                .contains("logback-classic", "logback-core", "jspecify", "cache-api", "opentelemetry-api")
                .doesNotContain("h2", "ignite-indexing", "junit-jupiter-api");
    }

    @Test
    void licensesAndNoticesOfAllPartsAreThereWhole() throws IOException {
        String licenses = text("META-INF/LICENSE") + text("META-INF/LICENSE.txt");
        String notices = text("META-INF/NOTICE");

        assertThat(licenses)
                .contains(Files.readString(Path.of("LICENSE")))
                .contains("Copyright (c) 2004-2023 QOS.ch") // SLF4J
                .contains("Copyright (c) 2000-2011 INRIA, France Telecom") // ASM, in Spring
                .contains("JSR-166 classes"); // in Ignite
        for (Path part : jarsOfParts()) {
            try (JarFile jarOfPart = new JarFile(part.toFile())) {
                for (JarEntry entry : jarOfPart.stream().toList()) {
                    if (entry.getName().matches("(?i)META-INF/LICENSE(\\.txt)?")) {
                        assertThat(licenses).as("%s of %s", entry, part).contains(text(jarOfPart, entry.getName()));
                    }
                }
            }
        }
        assertThat(notices).contains("Apache Ignite\n", "Spring Framework ", "Commons Logging\n");
        assertThat(text("META-INF/EPL-2.0.md")).isEqualTo(Files.readString(Path.of("src/licenses/EPL-2.0.md")));
    }

    @Test
    void jarOfTheLibraryHasItsOwnLicenseAlone() throws IOException {
        try (JarFile library = new JarFile(System.getProperty("node.jar").replace("-node.jar", ".jar"))) {
            assertThat(text(library, "META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
            assertThat(library.stream().map(JarEntry::getName))
                    .filteredOn(name -> name.contains("THIRD-PARTY") || name.contains("bom.json"))
                    .isEmpty();
        }
    }

    /** Returns the parts of the jar, as names of their own jars. */
    private Set<String> parts() throws IOException {
        return jarsOfParts().stream()
                .map(part -> part.getFileName().toString().replaceFirst("\\.jar$", ""))
                .collect(toSet());
    }

    /** Returns the jars of the class path whose classes are in the node's jar. */
    private Set<Path> jarsOfParts() throws IOException {
        Set<Path> parts = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar"))
                .filter(this::isPart)
                .collect(toSet());
        assertThat(parts).isNotEmpty();
        return parts;
    }

    private boolean isPart(Path path) {
        try (JarFile part = new JarFile(path.toFile())) {
            return part.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.contains("module-info"))
                    .anyMatch(name -> jar.getEntry(name) != null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String name) throws IOException {
        return text(jar, name);
    }

    private static String text(JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        assertThat(entry).as(name).isNotNull();
        try (var input = jar.getInputStream(entry)) {
            return new String(input.readAllBytes(), UTF_8);
        }
    }
}
