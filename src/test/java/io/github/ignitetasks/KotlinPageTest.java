package io.github.ignitetasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that the examples of the page about Kotlin are parts of the code that the tests in Kotlin run. */
final class KotlinPageTest {
    private static final Pattern FENCED = Pattern.compile("```kotlin\\n(.*?)```", Pattern.DOTALL);

    @Test
    void examplesAreInTheCodeThatIsTested() throws IOException {
        String code = Files.readString(Path.of("src/test/kotlin/io/github/ignitetasks/kotlin/Crawl.kt"));
        List<String> examples = FENCED.matcher(Files.readString(Path.of("docs/kotlin.md")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(examples).isNotEmpty().allSatisfy(example -> assertThat(code).contains(example));
    }
}
