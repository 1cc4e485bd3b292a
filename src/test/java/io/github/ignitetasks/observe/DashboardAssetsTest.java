package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the server and the report expect of the page's files. */
class DashboardAssetsTest {
    private static final Path SOURCES = Path.of("src/main/resources/io/github/ignitetasks/internal/web");
    private static final Pattern IMPORT = Pattern.compile("import \\{([\\w, ]+)} from './(\\w+\\.js)';");
    private static final Pattern COMMA = Pattern.compile(", ");
    private static final Pattern DECLARATION =
            Pattern.compile("(?:export )?(?:async )?(?:function|const|let|class) (\\w+).*");

    @Test
    void list_namesEveryFile() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".js") || name.endsWith(".css")))
                    .containsExactlyInAnyOrderElementsOf(PageAssets.names());
        }
    }

    @Test
    void page_loadsItsFilesByTheLinesThatAReportReplaces() throws IOException {
        assertThat(PageAssets.read("index.html").lines())
                .contains(
                        "<link rel=\"stylesheet\" href=\"assets/uPlot.min.css\">",
                        "<link rel=\"stylesheet\" href=\"assets/style.css\">",
                        "<script src=\"assets/uPlot.iife.min.js\"></script>",
                        "<script type=\"module\" src=\"assets/app.js\"></script>");
    }

    @Test
    void page_hasNoInlineScriptOrStyle() throws IOException {
        assertThat(PageAssets.read("index.html"))
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContainPattern("<style|style=|\\son\\w+=");
    }

    @Test
    void module_importsInOneLineFromModulesBeforeIt() throws IOException {
        Set<String> exported = new HashSet<>();
        for (String name : modules()) {
            for (String line : PageAssets.read(name).lines().toList()) {
                if (line.startsWith("import")) {
                    Matcher matcher = IMPORT.matcher(line);
                    assertThat(matcher.matches()).as(name + ": " + line).isTrue();
                    for (String imported : List.of(COMMA.split(matcher.group(1)))) {
                        assertThat(exported).contains(matcher.group(2) + " " + imported);
                    }
                }
            }
            PageAssets.read(name)
                    .lines()
                    .filter(line -> line.startsWith("export "))
                    .forEach(line -> exported.add(name + " " + declared(line)));
        }
    }

    @Test
    void modules_shareNoNameAtTheirTopLevel() throws IOException {
        List<String> declared = new ArrayList<>();
        for (String name : modules()) {
            PageAssets.read(name)
                    .lines()
                    .filter(line -> DECLARATION.matcher(line).matches())
                    .forEach(line -> declared.add(declared(line)));
        }
        assertThat(declared).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void modules_writeNoMarkup() throws IOException {
        assertThat(PageAssets.joinedModules())
                .doesNotContain(
                        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")
                .doesNotContain("</script", "http:/" + "/localhost");
    }

    @Test
    void jar_hasUPlotWithItsLicense() throws IOException {
        assertThat(PageAssets.read("uPlot.iife.min.js")).contains("uPlot");
        assertThat(PageAssets.read("uplot/LICENSE")).contains("MIT");
    }

    private static List<String> modules() throws IOException {
        return PageAssets.names().stream().filter(name -> name.endsWith(".js")).toList();
    }

    private static String declared(String line) {
        Matcher matcher = DECLARATION.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return matcher.group(1);
    }
}
