package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The page of the dashboard in a real browser, whose frames change what somebody has chosen, or are hard to show. */
@Tag(Browser.TAG)
class DashboardFramesIT {
    @RegisterExtension
    static final OpenPage page = OpenPage.withoutErrors();

    @Test
    void nextFrame_keepsTheChosenBarOfTheStream() {
        page.open(SampleFrames.tenTasks());
        page.browser().run("document.querySelector('canvas').focus()");
        page.browser().press(Keys.ARROW_LEFT);
        assertThat(page.browser().text("#stream-tip"))
                .startsWith("square: 3 tasks")
                .contains("node-1, lane 2");
        Map<String, Object> next = SampleFrames.tenTasks();
        FrameParts.setStream(
                next,
                List.of(FrameParts.row("node-0", 0), FrameParts.row("node-1", 0), FrameParts.row("node-1", 1)),
                List.of("square"),
                List.of(
                        List.of(1, FrameParts.NOW - 40_000, FrameParts.NOW - 20_000, 0, 2, 0),
                        List.of(2, FrameParts.NOW - 29_000, FrameParts.NOW - 10_000, 0, 4, 1),
                        List.of(2, FrameParts.NOW - 9_000, FrameParts.NOW - 1_000, 0, 5, 0)),
                11,
                3);
        page.showNext(next);
        assertThat(page.browser().text("#stream-tip"))
                .startsWith("square: 4 tasks")
                .contains("node-1, lane 2");
        page.browser().press(Keys.ARROW_RIGHT);
        assertThat(page.browser().text("#stream-tip")).startsWith("square: 5 tasks");
        page.showNext(SampleFrames.empty());
        assertThat(page.browser().text("#stream-tip")).isEmpty();
    }

    @Test
    void longKeysThatBeginAlike_areToldApartAndLookedUpWhole() {
        String first = "k".repeat(1_023) + "1";
        String second = "k".repeat(1_023) + "2";
        Map<String, Object> frame = SampleFrames.tenTasks();
        frame.put(
                "running",
                FrameParts.cut(
                        List.of(
                                FrameParts.running(first, "square", "running", 6_200),
                                FrameParts.running(second, "square", "running", 1_800)),
                        2));
        frame.put("failures", FrameParts.cut(List.of(FrameParts.failure("square", "odd", 1, second)), 1));
        page.open(frame);
        page.server().answer("stack", second, Map.of("key", second, "stack", "at Second.run"));
        page.server().answer("task", second, Map.of("key", second, "status", "RUNNING"));
        assertThat(page.browser().count("#running-table th[scope=row]")).isEqualTo(2);
        page.browser().click("#running-table tbody:nth-of-type(2) button");
        page.browser().awaitText("#running-table pre", "at Second.run");
        page.browser().click(".failure summary");
        page.browser().click(".failure button");
        page.browser().awaitText("#lookup-result", "waits or runs");
        assertThat(page.browser()
                        .run("return document.documentElement.scrollWidth > document.documentElement.clientWidth"))
                .isEqualTo("false");
    }

    @Test
    void flowThatChangesOften_isLaidOutOnceInAWhile() {
        page.open(SampleFrames.tenTasks());
        page.browser()
                .run("const now = performance.now(); window.passed = 0; performance.now = () => now + window.passed");
        page.browser().click("#graph-tasks");
        page.browser().click("#graph-tasks"); // which lays the flow out
        Map<String, Object> next = SampleFrames.tenTasks();
        FrameParts.setGraph(
                next,
                List.of(
                        FrameParts.graphNode("new", 1, 1, 0),
                        FrameParts.graphNode("square", 9, 7, 1),
                        FrameParts.graphNode("sum", 1, 0, 0)),
                List.of(List.of(0, 1, 1), List.of(1, 2, 9)));
        page.showNext(next);
        assertThat(page.browser().texts(".graph-name")).containsExactlyInAnyOrder("square", "sum");
        assertThat(page.browser().texts(".graph-share")).contains("7 of 9");
        page.browser().run("window.passed = 3000");
        page.showNext(next);
        assertThat(page.browser().texts(".graph-name")).containsExactlyInAnyOrder("new", "square", "sum");
    }

    @Test
    void barOfSeveralNamesFromBeforeTheWindow_tellsItsTrueStart() {
        Map<String, Object> frame = SampleFrames.tenTasks();
        FrameParts.setStream(
                frame,
                List.of(FrameParts.row("node-1", 0)),
                List.of("fetch"),
                List.of(List.of(0, FrameParts.NOW - 120_000, FrameParts.NOW - 30_000, 0, 40, 2, 1)),
                40,
                1);
        page.open(frame);
        page.browser().run("document.querySelector('canvas').focus()");
        page.browser().press(Keys.ARROW_LEFT);
        assertThat(page.browser().text("#stream-tip"))
                .startsWith("40 tasks of several names, longest fetch, 2 failed. node-1, lane 1, ")
                .endsWith(", 1 min 30 s");
        page.browser().click("#stream .behind summary");
        page.browser().awaitThat(() -> page.browser().count("#stream .behind tbody tr") == 1);
        assertThat(page.browser().text("#stream .behind tbody td")).isEqualTo("fetch and others");
        assertThat(page.browser().text("#stream .behind tbody td:last-child")).isEqualTo("1 min 30 s");
    }

    @Test
    void timesOfAnotherDay_haveTheirDate() throws IOException {
        long threeDays = 3 * 86_400_000L;
        Map<String, Object> frame = SampleFrames.tenTasks();
        Map<String, Object> failure = FrameParts.failure("square", "odd", 1, "ten/square/7");
        failure.put("time", FrameParts.NOW - threeDays);
        frame.put("failures", FrameParts.cut(List.of(failure), 1));
        FrameParts.mapOf(frame, "stream").put("from", FrameParts.NOW - threeDays);
        page.open(frame);
        page.browser().click(".failure summary");
        assertThat(page.browser().text(".failure dl")).containsPattern("2 Jan \\d\\d:\\d\\d:\\d\\d");
        assertThat(page.browser().run("return document.querySelector('canvas').ariaLabel"))
                .containsPattern("from 2 Jan \\d\\d:00:00 to \\d\\d:00:00");
        page.browser().takeLongScreenshot("days", OpenPage.WIDTH);
        FrameParts.mapOf(frame, "session").put("now", FrameParts.NOW - threeDays);
        page.open(frame);
        page.browser().click(".failure summary");
        assertThat(page.browser().text(".failure dl")).doesNotContain("Jan");
    }

    @Test
    void groupOfWhichOnlyTheNumberIsKnown_showsNoExample() {
        Map<String, Object> others = FrameParts.failure("(others)", "", 24, "");
        Map<String, Object> frame = SampleFrames.grid();
        others.putAll(Map.of("type", "", "frame", "", "stack", "", "node", "", "attempt", 0, "time", 0));
        frame.put("failures", FrameParts.cut(List.of(others), 1));
        page.open(frame);
        page.browser().click(".failure summary");
        assertThat(page.browser().text(".failure"))
                .startsWith("24\u00d7")
                .endsWith("Only their number is known.")
                .doesNotContain("Time", "Node", "key", "Look up", "stack");
    }

    @Test
    void rates_areThoseOfTheSession() {
        Map<String, Object> frame = SampleFrames.tenTasks();
        Map<String, Object> rates = new LinkedHashMap<>(FrameParts.mapOf(frame, "rates"));
        rates.put("recent", 12.5);
        frame.put("rates", rates);
        page.open(frame);
        // 6 tasks in 4.5 s
        assertThat(page.browser().texts(".plot-box:first-child dd")).startsWith("12.5", "1.33");
    }
}
