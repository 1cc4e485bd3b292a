package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page of the dashboard looks: in narrow and wide windows, in light and dark, and to assistive technology. */
@Tag(Browser.TAG)
class DashboardLooksIT {
    @RegisterExtension
    static final OpenPage page = OpenPage.withoutErrors();

    @Test
    void stream_drawsBarsInTheColourOfTheirName() {
        page.open(SampleFrames.tenTasks());
        assertThat(pixels("--name-0", 0)).isGreaterThan(20);
        assertThat(pixels("--name-0", 22)).isGreaterThan(20);
        assertThat(pixels("--name-1", 22)).isZero();
    }

    /** A mark has the colour of texts and an edge in that of the card, so that it is seen on bars of all colours. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stream_marksFailuresOnBarsOfAllColours(boolean isDark) throws IOException {
        Map<String, Object> frame = SampleFrames.tenTasks();
        FrameParts.setStream(
                frame,
                IntStream.range(0, 9)
                        .mapToObj(row -> FrameParts.row("node-1", row))
                        .toList(),
                IntStream.range(0, 8).mapToObj(name -> "name-" + name).toList(),
                IntStream.range(0, 9)
                        .mapToObj(row -> List.<Object>of(
                                row, FrameParts.NOW - 50_000, FrameParts.NOW - 10_000, row % 8, 1, row < 8 ? 1 : 0))
                        .toList(),
                9,
                9);
        page.open(frame, OpenPage.WIDTH, isDark);
        for (int row = 0; row < 8; row++) {
            assertThat(pixels("--text", 22 * row)).isGreaterThan(20);
            assertThat(pixels("--card", 22 * row)).isGreaterThan(500);
        }
        assertThat(pixels("--text", 22 * 8)).isZero();
        page.browser().takeLongScreenshot("marks" + (isDark ? "-dark" : "-light"), OpenPage.WIDTH);
    }

    /** Returns how many pixels of a row of the stream have a colour, right of the texts. */
    private static int pixels(String colour, int top) {
        return Integer.parseInt(page.browser().run("""
                const hex = getComputedStyle(document.documentElement).getPropertyValue('%s').trim();
                const rgb = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
                const canvas = document.querySelector('canvas');
                const copy = new OffscreenCanvas(canvas.width, 22).getContext('2d', {willReadFrequently: true});
                copy.drawImage(canvas, -120, -%d);
                const data = copy.getImageData(0, 0, canvas.width, 22).data;
                let pixels = 0;
                for (let at = 0; at < data.length; at += 4) {
                  pixels += rgb.every((colour, part) => data[at + part] === colour) ? 1 : 0;
                }
                return pixels""".formatted(colour, top)));
    }

    @Test
    void narrowWindow_hasWhatIsShownBelowTheTitle() {
        page.open(SampleFrames.manyTasks(), 400, false);
        assertThat(
                        page.browser()
                                .run(
                                        "return [...document.querySelectorAll('section > .shown:not(:empty)')].every(shown =>"
                                                + " shown.getBoundingClientRect().top >= shown.previousElementSibling.getBoundingClientRect().bottom)"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(ints = {OpenPage.WIDTH, 400})
    void tableBehindAPicture_cutsNoText(int width) throws IOException {
        page.open(session("long"), width, false);
        page.browser()
                .run("document.querySelectorAll('#stream .behind, #graph .behind').forEach(one => one.open = true)");
        page.browser().awaitThat(() -> page.browser().count("#stream .behind tbody tr") == 1);
        assertThat(
                        page.browser()
                                .run(
                                        "return [...document.querySelectorAll('.behind tbody :is(th, td), .own-progress')]"
                                                + ".filter(cell => cell.scrollWidth > cell.clientWidth && cell.clientWidth > 0).length"))
                .isEqualTo("0");
        page.browser().takeLongScreenshot("tables-" + width, width);
    }

    @ParameterizedTest
    @CsvSource({"empty, 400", "ten, 400", "many, 400", "crawl, 400", "long, 400", "many, 320", "crawl, 760"})
    void narrowWindow_needsNoSidewaysScrolling(String session, int width) throws IOException {
        page.open(session(session), width, false);
        assertThat(Integer.parseInt(page.browser().run("return document.documentElement.scrollWidth")))
                .isLessThanOrEqualTo(width);
        page.browser().takeLongScreenshot("narrow-" + session + "-" + width, width);
    }

    @ParameterizedTest
    @CsvSource({"empty, false", "ten, true", "many, false", "crawl, false", "crawl, true", "long, true"})
    void axe_findsNothingSerious(String session, boolean isDark) throws IOException {
        page.open(session(session), OpenPage.WIDTH, isDark);
        page.browser()
                .run("document.querySelectorAll('.failure summary').forEach((one, at) => at < 3 && one.click());"
                        + "document.querySelectorAll('#rates .behind summary, #graph .behind summary')"
                        + ".forEach(one => one.checkVisibility() && one.click())");
        assertThat(page.browser().seriousViolations()).isEmpty();
        page.browser().takeLongScreenshot("axe-" + session + (isDark ? "-dark" : "-light"), OpenPage.WIDTH);
    }

    private static Map<String, Object> session(String name) {
        return switch (name) {
            case "empty" -> SampleFrames.empty();
            case "ten" -> SampleFrames.tenTasks();
            case "many" -> SampleFrames.manyTasks();
            case "crawl" -> CrawlFrame.create();
            default -> SampleFrames.textEverywhere("word".repeat(50) + " with-a-tail/".repeat(8));
        };
    }

    @Test
    void colours_followTheSystem() throws IOException {
        page.open(CrawlFrame.create(), OpenPage.WIDTH, true);
        String background = "return getComputedStyle(document.documentElement).backgroundColor";
        assertThat(page.browser().run(background)).isEqualTo("rgb(18, 22, 28)");
        page.browser().takeLongScreenshot("dark", OpenPage.WIDTH);
        page.browser().setDark(false);
        page.awaitFrames(2); // canvases are drawn again
        assertThat(page.browser().run(background)).isEqualTo("rgb(244, 245, 247)");
    }

    @Test
    void wideWindow_putsNodesBesideRunningTasks() throws IOException {
        page.open(CrawlFrame.create(), 1680, false);
        String top = "return document.getElementById('%s').getBoundingClientRect().top";
        assertThat(page.browser().run(top.formatted("nodes")))
                .isEqualTo(page.browser().run(top.formatted("running")));
        page.browser().takeLongScreenshot("wide", 1680);
    }

    /** The picture of the README; {@code -Dscreenshots.update} puts it there. */
    @Test
    void runningSession_looksAsInTheReadme() throws IOException {
        page.open(CrawlFrame.create());
        page.browser()
                .resize(
                        OpenPage.WIDTH,
                        Integer.parseInt(
                                page.browser()
                                        .run(
                                                "return Math.ceil(document.getElementById('stream').getBoundingClientRect().bottom) + 14")));
        Path picture = page.browser().takeScreenshot("dashboard");
        assertThat(picture)
                .exists()
                .satisfies(file -> assertThat(Files.size(file)).isLessThan(300_000));
        if (System.getProperty("screenshots.update") != null) {
            Files.createDirectories(Path.of("docs/images"));
            Files.copy(picture, Path.of("docs/images/dashboard.png"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
