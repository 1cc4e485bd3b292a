package io.github.ignitetasks;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.support.UserCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that examples in the documents and in Javadoc compile, and that the tests that documents name exist. */
final class DocumentationTest {
    private static final Pattern FENCED = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PREFORMATTED =
            Pattern.compile("<pre>\\{@code\\n(.*?)\\n *\\* }</pre>", Pattern.DOTALL);
    private static final Pattern MEMBER =
            Pattern.compile("\\s*(static|public|private|class|record|interface|@).*", Pattern.DOTALL);

    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;\\n");

    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

    /** The imports and definitions that every example may use. */
    private static final String GIVEN = """
            import io.github.ignitetasks.*;
            import io.github.ignitetasks.cluster.*;
            import io.github.ignitetasks.flow.*;
            import io.github.ignitetasks.ignite.*;
            import io.github.ignitetasks.local.*;
            import io.github.ignitetasks.observe.*;
            import io.opentelemetry.api.*;
            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.*;
            import org.apache.ignite.Ignite;
            import org.apache.ignite.resources.*;

            class UserCode {
                static Ignite ignite;

                static String download(URI uri) {
                    return uri.getPath();
                }

                static final Task<Integer, Void> %s = Task.named("shout").action(number -> {});
            """;

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md"), Path.of("ARCHITECTURE.md")));
        try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
            pages.filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> !examples(path).isEmpty())
                    .forEach(documents::add);
        }
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            sources.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !examples(path).isEmpty())
                    .forEach(documents::add);
        }
        return documents.stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void examplesCompile(Path document, @TempDir Path output) throws IOException {
        List<String> errors = new UserCode(asClass(examples(document)))
                .compile(output).stream()
                        .filter(said -> said.getKind() == Diagnostic.Kind.ERROR)
                        .map(Object::toString)
                        .toList();

        assertThat(errors).isEmpty();
    }

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
            List<Path> files =
                    pages.filter(path -> path.toString().endsWith(".md")).toList();
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("ARCHITECTURE.md")), files.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void testsThatAreNamedExist(Path page) throws IOException {
        try (Stream<Path> tests = Files.walk(Path.of("src/test/java"))) {
            Set<String> existing = tests.map(
                            path -> path.getFileName().toString().replace(".java", ""))
                    .collect(toSet());

            assertThat(existing)
                    .containsAll(NAMED_TEST
                            .matcher(Files.readString(page))
                            .results()
                            .map(found -> found.group(1))
                            .toList());
        }
    }

    private static List<String> examples(Path document) {
        try {
            String text = Files.readString(document);
            boolean java = document.toString().endsWith(".java");
            return (java ? PREFORMATTED : FENCED)
                    .matcher(text)
                    .results()
                    .map(found -> java ? found.group(1).replaceAll("(?m)^ *\\* ?", "") : found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the source of one class. Imports go first. Members stay members, in order; other examples become methods.
     */
    private static String asClass(List<String> examples) {
        List<String> parts = new ArrayList<>();
        String imports = examples.stream()
                .flatMap(example -> IMPORT.matcher(example).results())
                .map(MatchResult::group)
                .distinct()
                .collect(joining());
        for (String whole : examples) {
            String example = IMPORT.matcher(whole).replaceAll("");
            boolean members = MEMBER.matcher(example).matches();
            parts.add(
                    members ? example : "static void example" + parts.size() + "() throws Exception {" + example + "}");
        }
        String text = String.join("\n", parts);
        String shout = text.contains(" SHOUT =") ? "GIVEN_SHOUT" : "SHOUT";
        return Stream.of(imports, GIVEN.formatted(shout), text, "}").collect(joining("\n"));
    }
}
