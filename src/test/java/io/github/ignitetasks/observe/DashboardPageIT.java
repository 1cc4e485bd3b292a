package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page of the dashboard in a real browser, with frames of a test's choice: what it says and does. */
@SuppressWarnings("NullAway.Init") // JUnit starts them before any test
@Tag(Browser.TAG)
class DashboardPageIT {
    private static final String MARKUP = "<img src=x onerror=\"window.hacked=1\"></script><b>&amp;";

    @RegisterExtension
    static final OpenPage page = OpenPage.withoutErrors();

    @TempDir
    private Path folder;

    @Test
    void sessionWithoutTasks_saysSo() {
        page.open(SampleFrames.empty());
        assertThat(page.browser().text("#state")).isEqualTo("Live");
        assertThat(page.browser().text("#overall-text")).isEqualTo("No tasks yet");
        assertThat(page.browser().texts("main p.none")).contains("No task was submitted yet.", "No task has failed.");
    }

    @Test
    void tenTasks_haveExactCountsByName() {
        page.open(SampleFrames.tenTasks());
        assertThat(page.browser().text("#overall-text")).isEqualTo("6 of 10 tasks ended (60 %)");
        assertThat(page.browser().texts("#progress-table thead th"))
                .startsWith("Task", "Progress", "Total", "Waiting", "Queued", "Running")
                .contains("Completed", "Failed");
        assertThat(page.browser().texts("#progress-table tbody tr:first-child td.number"))
                .filteredOn(text -> !text.isEmpty())
                .containsExactly("9", "0", "1", "2", "5", "1");
        assertThat(page.browser().texts("#progress-table tbody th")).containsExactly("square", "sum");
        assertThat(page.browser().text("#running-shown")).isEqualTo("2 of 3 tasks shown");
    }

    @Test
    void grid_hasNodesCountsAndNoViewsOfSingleTasks() throws IOException {
        page.open(SampleFrames.grid());
        assertThat(page.browser().text("#session-name")).isEqualTo("grid");
        assertThat(page.browser().text("#grid-note")).contains("are on the dashboards of sessions");
        assertThat(page.browser().text("#description")).isEqualTo("1 server answers; no answer from node-2");
        assertThat(page.browser().text("#overall-text")).isEqualTo("70 of 75 tasks ended (93 %)");
        assertThat(page.browser().text("#dropped")).contains("miss 24 failures", "each server tells its last 20");
        assertThat(page.browser().texts("#progress-table tbody th")).containsExactly("fetch", "parse");
        assertThat(page.browser().texts("#progress-table tbody tr:first-child td.number"))
                .filteredOn(text -> !text.isEmpty())
                .containsExactly("70", "3", "2", "40", "25");
        assertThat(page.browser().texts("#nodes-table tbody tr.lost th")).hasSize(1);
        assertThat(page.browser()
                        .run("return [...document.querySelectorAll('main > section:not([hidden])')]"
                                + ".map(section => section.id).join()"))
                .isEqualTo("progress,failures,running,nodes,rates,lookup");
        assertThat(page.browser()
                        .run("return [...document.querySelectorAll('.plot-box:not([hidden]) h3')]"
                                + ".map(title => title.textContent).length"))
                .isEqualTo("1");
        page.browser().takeLongScreenshot("grid", OpenPage.WIDTH);

        page.showNext(SampleFrames.tenTasks());
        assertThat(page.browser().count("main > section[hidden]")).isZero();
    }

    @Test
    void lengthsOfSegments_areTheCounts() {
        page.open(SampleFrames.tenTasks());
        assertThat(page.browser()
                        .run("return [...document.querySelectorAll('#overall-bar .segment')]"
                                + ".map(part => part.classList[1] + part.style.flexGrow).join()"))
                .isEqualTo("completed5,failed1,running2,queued1,waiting1");
    }

    @Test
    void hundredThousandTasks_sayWhatIsCut() throws IOException {
        page.open(SampleFrames.manyTasks());
        assertThat(page.browser().text("#overall-text")).isEqualTo("60,200 of 100,000 tasks ended (60 %)");
        assertThat(page.browser().text("#progress-shown")).isEqualTo("200 of 1,200 names shown");
        assertThat(page.browser().text("#failures-shown")).isEqualTo("100 of 140 groups shown");
        assertThat(page.browser().text("#stream-shown"))
                .isEqualTo("60,000 of 100,000 tasks drawn, 64 of 96 rows shown");
        assertThat(page.browser().text("#dropped")).contains("1,234 events");
        page.browser().takeLongScreenshot("many-tasks", OpenPage.WIDTH);
    }

    @Test
    void markup_staysText() {
        page.open(SampleFrames.textEverywhere(MARKUP));
        page.browser().click(".failure summary");
        page.server().answer("stack", MARKUP, Map.of("key", MARKUP, "stack", MARKUP));
        page.server().answer("task", MARKUP, Map.of("key", MARKUP, "status", MARKUP));
        page.browser().click("#running-table button");
        page.browser().awaitText("#running-table pre", MARKUP);
        page.browser().click(".failure button");
        page.browser().awaitText("#lookup-result", MARKUP);
        page.browser().click("#stream .behind summary");
        page.showNext(SampleFrames.textEverywhere(MARKUP));
        assertThat(page.browser().count("img")).isZero();
        assertThat(page.browser().run("return window.hacked")).isEqualTo("null");
        assertThat(page.browser().text("#session-name")).isEqualTo(MARKUP);
        assertThat(page.browser().text(".failure .whole-message")).isEqualTo(MARKUP);
        assertThat(page.browser().texts("#stream .behind td")).contains(MARKUP);
        assertThat(page.browser().texts(".graph-name")).anyMatch(text -> text.startsWith("<img"));
    }

    @Test
    void failure_opensToItsStackAndLeadsToItsKey() {
        page.open(SampleFrames.tenTasks());
        page.server()
                .answer(
                        "task",
                        "ten/square/7",
                        Map.of(
                                "key", "ten/square/7",
                                "status", "FAILED",
                                "state",
                                        Map.of(
                                                "type",
                                                "FAILED",
                                                "node",
                                                "node-1",
                                                "attempt",
                                                3,
                                                "start",
                                                FrameParts.NOW - 9000,
                                                "end",
                                                FrameParts.NOW - 8000,
                                                "cached",
                                                false,
                                                "failure",
                                                Map.of("type", "X", "message", "odd", "stack", "at X.y"))));
        page.browser().click(".failure summary");
        assertThat(page.browser().text(".failure pre")).contains("at com.example.Numbers.check(Numbers.java:12)");
        page.browser().click(".failure button");
        page.browser().awaitText("#lookup-result", "Run time");
        assertThat(page.browser().text("#lookup-result"))
                .contains("ten/square/7", "FAILED", "node-1", "1.0 s", "odd", "at X.y");
    }

    @Test
    void nextFrame_keepsWhatIsOpenFocusAndScrolling() {
        page.open(SampleFrames.manyTasks());
        page.browser().click(".failure summary");
        page.browser()
                .run("document.getElementById('progress-table').scrollTop = 300;"
                        + "document.querySelector('#running-table button').focus(); window.scrollTo(0, 400)");
        String look = "return [document.querySelector('.failure').open, document.activeElement.textContent,"
                + " document.getElementById('progress-table').scrollTop, window.scrollY].join()";
        String before = page.browser().run(look);
        Map<String, Object> next = SampleFrames.manyTasks();
        next.put(
                "running",
                FrameParts.cut(
                        List.of(
                                FrameParts.running("many/new", "task-number-5", "running", 99_000),
                                FrameParts.running("many/0", "task-number-0", "running", 91_000)),
                        96));
        page.showNext(next);
        assertThat(before).startsWith("true,many/0,300,");
        assertThat(page.browser().run(look)).isEqualTo(before);
        assertThat(page.browser().texts("#running-table th[scope=row]")).containsExactly("many/new", "many/0");
    }

    @Test
    void lostNode_staysAndIsMarked() throws IOException {
        Map<String, Object> frame = SampleFrames.tenTasks();
        frame.put(
                "nodes",
                FrameParts.cut(
                        List.of(FrameParts.node("node-1", 4, 1, false), FrameParts.node("node-2", 4, 0, false)), 2));
        page.open(frame);
        assertThat(page.browser().text("#nodes-table")).doesNotContain("lost");
        frame.put(
                "nodes",
                FrameParts.cut(
                        List.of(FrameParts.node("node-1", 4, 1, false), FrameParts.node("node-2", 4, 4, true)), 2));
        page.showNext(frame);
        assertThat(page.browser().texts("#nodes-table tbody tr"))
                .satisfiesExactly(
                        node -> assertThat(node)
                                .contains("node-1", "3 of 4", "now")
                                .doesNotContain("lost"),
                        node -> assertThat(node).contains("node-2", "lost", "31 s ago"));
        assertThat(page.browser().text("#facts")).contains("1, 1 lost");
        page.browser().takeLongScreenshot("lost-node", OpenPage.WIDTH);
    }

    @Test
    void endOfSession_keepsEverythingAndEndsTheConnection() {
        page.open(SampleFrames.tenTasks());
        Map<String, Object> last = SampleFrames.tenTasks();
        FrameParts.mapOf(last, "session").put("ended", FrameParts.NOW);
        FrameParts.setNames(last, List.of(FrameParts.counts("square", Map.of("submitted", 9, "completed", 9))), 1);
        page.server().end(last);
        page.browser().awaitText("#state", "Session ended");
        page.browser().awaitText("#overall-text", "9 of 9 tasks ended (100 %)");
        assertThat(page.browser().count(".failure")).isEqualTo(1);
        page.browser().awaitThat(() -> {
            page.server().show(last); // a server notices that a page has gone when it writes to it
            return page.server().connections() == 0;
        });
        assertThat(page.browser().text("#state")).isEqualTo("Session ended");
    }

    @Test
    void lostConnection_isSaidAndTakenUpAgain() {
        page.open(SampleFrames.tenTasks());
        page.server().refuse();
        page.browser().awaitText("#state", ", retrying");
        assertThat(page.browser().text("#overall-text")).isEqualTo("6 of 10 tasks ended (60 %)");
        page.server().accept();
        page.browser().awaitText("#state", "Live");
        page.showNext(SampleFrames.empty());
        assertThat(page.browser().text("#overall-text")).isEqualTo("No tasks yet");
        assertThat(page.browser().consoleErrors()).allMatch(error -> error.contains("/events"));
    }

    @Test
    void hiddenPage_drawsNothingUntilItIsSeen() {
        page.open(SampleFrames.tenTasks());
        page.browser().run("Object.defineProperty(document, 'hidden', {value: true, configurable: true})");
        int before = page.frames();
        page.server().show(SampleFrames.manyTasks());
        page.server().end(SampleFrames.empty());
        page.browser().awaitText("#state", "Session ended");
        assertThat(page.frames()).isEqualTo(before);
        assertThat(page.browser().text("#overall-text")).isEqualTo("6 of 10 tasks ended (60 %)");
        page.browser().run("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(page.frames()).isEqualTo(before + 1);
        assertThat(page.browser().text("#overall-text")).isEqualTo("No tasks yet");
    }

    @Test
    void flow_hasABoxForEachNameAndShowsTasksOnRequest() {
        page.open(SampleFrames.tenTasks());
        assertThat(page.browser().texts(".graph-name")).containsExactlyInAnyOrder("square", "sum");
        assertThat(page.browser().count(".edge")).isEqualTo(1);
        page.browser().click("#graph-tasks");
        assertThat(page.browser().texts(".graph-name"))
                .containsExactlyInAnyOrder("ten/square/1", "ten/square/7", "ten/sum");
        assertThat(page.browser().count(".edge")).isEqualTo(2);
        assertThat(page.browser().count(".graph-node.bad")).isEqualTo(1);
    }

    @Test
    void keyboard_reachesEverything() {
        page.open(SampleFrames.tenTasks());
        page.server().answer("stack", "ten/square/8", Map.of("key", "ten/square/8", "stack", "at Square.run"));
        page.browser().press(Keys.TAB);
        assertThat(page.browser().run("return document.activeElement.className"))
                .isEqualTo("skip");
        tabTo(".failure summary");
        page.browser().press(Keys.ENTER);
        assertThat(page.browser().text(".failure pre")).contains("Numbers.java");
        tabTo("canvas");
        page.browser().press(Keys.ARROW_LEFT);
        page.browser().press(Keys.ARROW_UP);
        assertThat(page.browser().text("#stream-tip")).startsWith("square: 2 tasks. node-1, lane 1");
        tabTo("#stream .behind summary");
        page.browser().press(Keys.ENTER);
        page.browser().awaitThat(() -> page.browser().count("#stream .behind tbody tr") == 3);
        tabTo("#running-table button");
        page.browser().press(Keys.ENTER);
        page.browser().awaitText("#running-table pre", "at Square.run");
        tabTo("#lookup-key");
        page.browser().press("no-such-key" + Keys.ENTER);
        page.browser().awaitText("#lookup-result", "unknown");
        assertThat(page.browser().run("return document.activeElement.id")).isEqualTo("lookup-result");
    }

    /** Presses the key for the next element until the focus is on one that matches. */
    private static void tabTo(String selector) {
        String isThere = "return document.activeElement.matches('" + selector + "')";
        for (int press = 0; press < 60 && page.browser().run(isThere).equals("false"); press++) {
            page.browser().press(Keys.TAB);
        }
        assertThat(page.browser().run(isThere)).as("focus on %s", selector).isEqualTo("true");
    }

    @Test
    void report_showsItsFrameAndAsksNobody() throws IOException {
        Map<String, Object> frame = SampleFrames.tenTasks();
        FrameParts.mapOf(frame, "session").put("ended", FrameParts.NOW);
        Path report = Files.writeString(folder.resolve("report.html"), PageAssets.frozenPage(FrameParts.toJson(frame)));
        page.browser().open(report.toUri().toString(), OpenPage.WIDTH, OpenPage.HEIGHT, false);
        page.awaitFrames(1);
        assertThat(page.browser().text("#state")).isEqualTo("Report of a run that ended");
        assertThat(page.browser().text("#overall-text")).isEqualTo("6 of 10 tasks ended (60 %)");
        assertThat(page.browser().count(".u-wrap")).isEqualTo(3);
        assertThat(page.browser().text("body")).doesNotContain("Look up");
        assertThat(page.browser().count("#running-table button")).isZero();
        assertThat(page.browser()
                        .run("return performance.getEntriesByType('resource')"
                                + ".filter(entry => !entry.name.startsWith('data:')).map(entry => entry.name).join()"))
                .isEmpty();
        assertThat(page.browser().seriousViolations()).isEmpty();
    }
}
