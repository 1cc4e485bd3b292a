package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** Tests the page that is one file, with a small page among the resources of tests. */
final class SelfContainedPageTest {
    private static final String FOLDER = "/io/github/ignitetasks/internal/view/page/";

    private static String page() throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        new SelfContainedPage(FOLDER).write("{\"a\":1}".getBytes(UTF_8), page);
        return page.toString(UTF_8);
    }

    @Test
    void pageHasItsStylesScriptsAndFrame() throws IOException {
        assertThat(page())
                .doesNotContain("assets/", "<link")
                .containsSubsequence(
                        "<style>",
                        ".uplot { width: 1px }",
                        "<style>",
                        "body { color: green }",
                        "<script>",
                        "var uPlot = \"<\\/script>\";",
                        "</script>",
                        "<script type=\"application/json\" id=\"frozen\">{\"a\":1}</script>",
                        "<script type=\"module\">",
                        "</script>\n</head>");
    }

    @Test
    void modulesAreOneScriptEachAfterThoseItImports() throws IOException {
        assertThat(page())
                .contains("\nconst NUMBER = 21;\nfunction twice(number) {")
                .contains("\nfunction shown(number) {\n  return 'export ' + twice(number);")
                .doesNotContain("import {", "export function", "export const")
                .containsSubsequence("function twice", "function shown", "// The start.", "shown(twice(NUMBER));");
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> new SelfContainedPage("/none/").write(new byte[0], OutputStream.nullOutputStream()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("resource /none/index.html is missing; build the library again");
    }
}
