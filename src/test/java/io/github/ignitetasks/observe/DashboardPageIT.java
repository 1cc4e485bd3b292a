package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page of the dashboard in a real browser, with frames of a test's choice: what it says and does. */
@SuppressWarnings("NullAway.Init") // JUnit starts them before any test
@Tag(Browser.TAG)
class DashboardPageIT {
    private static final String MARKUP = "<img src=x onerror=\"window.hacked=1\"></script><b>&amp;";

    private static OpenPage page;
    private static Browser browser;
    private static PageServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        page = OpenPage.start();
        browser = page.browser();
        server = page.server();
    }

    @AfterAll
    static void close() throws IOException {
        page.close();
    }

    @BeforeEach
    void forgetEarlierTests() {
        page.forget();
    }

    @AfterEach
    void consoleHasNoErrors() {
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void sessionWithoutTasks_saysSo() {
        page.open(SampleFrames.empty());
        assertThat(browser.text("#state")).isEqualTo("Live");
        assertThat(browser.text("#overall-text")).isEqualTo("No tasks yet");
        assertThat(browser.texts("main p.none")).contains("No task was submitted yet.", "No task has failed.");
    }

    @Test
    void tenTasks_haveExactCountsByName() {
        page.open(SampleFrames.tenTasks());
        assertThat(browser.text("#overall-text")).isEqualTo("6 of 10 tasks ended (60 %)");
        assertThat(browser.texts("#progress-table thead th"))
                .startsWith("Task", "Progress", "Total", "Waiting", "Queued", "Running")
                .contains("Completed", "Failed");
        assertThat(browser.texts("#progress-table tbody tr:first-child td.number"))
                .filteredOn(text -> !text.isEmpty())
                .containsExactly("9", "0", "1", "2", "5", "1");
        assertThat(browser.texts("#progress-table tbody th")).containsExactly("square", "sum");
        assertThat(browser.text("#running-shown")).isEqualTo("2 of 3 tasks shown");
    }

    @Test
    void grid_hasNodesCountsAndNoViewsOfSingleTasks() throws IOException {
        page.open(SampleFrames.grid());
        assertThat(browser.text("#session-name")).isEqualTo("grid");
        assertThat(browser.text("#grid-note")).contains("are on the dashboards of sessions");
        assertThat(browser.text("#description")).isEqualTo("1 server answers; no answer from node-2");
        assertThat(browser.text("#overall-text")).isEqualTo("70 of 75 tasks ended (93 %)");
        assertThat(browser.text("#dropped")).contains("miss 24 failures", "each server tells its last 20");
        assertThat(browser.texts("#progress-table tbody th")).containsExactly("fetch", "parse");
        assertThat(browser.texts("#progress-table tbody tr:first-child td.number"))
                .filteredOn(text -> !text.isEmpty())
                .containsExactly("70", "3", "2", "40", "25");
        assertThat(browser.texts("#nodes-table tbody tr.lost th")).hasSize(1);
        assertThat(browser.run("return [...document.querySelectorAll('main > section:not([hidden])')]"
                        + ".map(section => section.id).join()"))
                .isEqualTo("progress,failures,running,nodes,rates,lookup");
        assertThat(browser.run("return [...document.querySelectorAll('.plot-box:not([hidden]) h3')]"
                        + ".map(title => title.textContent).length"))
                .isEqualTo("1");
        browser.takeLongScreenshot("grid", OpenPage.WIDTH);

        page.showNext(SampleFrames.tenTasks());
        assertThat(browser.count("main > section[hidden]")).isZero();
    }

    @Test
    void lengthsOfSegments_areTheCounts() {
        page.open(SampleFrames.tenTasks());
        assertThat(browser.run("return [...document.querySelectorAll('#overall-bar .segment')]"
                        + ".map(part => part.classList[1] + part.style.flexGrow).join()"))
                .isEqualTo("completed5,failed1,running2,queued1,waiting1");
    }

    @Test
    void hundredThousandTasks_sayWhatIsCut() throws IOException {
        page.open(SampleFrames.manyTasks());
        assertThat(browser.text("#overall-text")).isEqualTo("60,200 of 100,000 tasks ended (60 %)");
        assertThat(browser.text("#progress-shown")).isEqualTo("200 of 1,200 names shown");
        assertThat(browser.text("#failures-shown")).isEqualTo("100 of 140 groups shown");
        assertThat(browser.text("#stream-shown")).isEqualTo("60,000 of 100,000 tasks drawn, 64 of 96 rows shown");
        assertThat(browser.text("#dropped")).contains("1,234 events");
        browser.takeLongScreenshot("many-tasks", OpenPage.WIDTH);
    }

    @Test
    void markup_staysText() {
        page.open(SampleFrames.textEverywhere(MARKUP));
        browser.click(".failure summary");
        server.answer("stack", MARKUP, Map.of("key", MARKUP, "stack", MARKUP));
        server.answer("task", MARKUP, Map.of("key", MARKUP, "status", MARKUP));
        browser.click("#running-table button");
        browser.awaitText("#running-table pre", MARKUP);
        browser.click(".failure button");
        browser.awaitText("#lookup-result", MARKUP);
        browser.click("#stream .behind summary");
        page.showNext(SampleFrames.textEverywhere(MARKUP));
        assertThat(browser.count("img")).isZero();
        assertThat(browser.run("return window.hacked")).isEqualTo("null");
        assertThat(browser.text("#session-name")).isEqualTo(MARKUP);
        assertThat(browser.text(".failure .whole-message")).isEqualTo(MARKUP);
        assertThat(browser.texts("#stream .behind td")).contains(MARKUP);
        assertThat(browser.texts(".graph-name")).anyMatch(text -> text.startsWith("<img"));
    }

    @Test
    void failure_opensToItsStackAndLeadsToItsKey() {
        page.open(SampleFrames.tenTasks());
        server.answer(
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
        browser.click(".failure summary");
        assertThat(browser.text(".failure pre")).contains("at com.example.Numbers.check(Numbers.java:12)");
        browser.click(".failure button");
        browser.awaitText("#lookup-result", "Run time");
        assertThat(browser.text("#lookup-result"))
                .contains("ten/square/7", "FAILED", "node-1", "1.0 s", "odd", "at X.y");
    }

    @Test
    void nextFrame_keepsWhatIsOpenFocusAndScrolling() {
        page.open(SampleFrames.manyTasks());
        browser.click(".failure summary");
        browser.run("document.getElementById('progress-table').scrollTop = 300;"
                + "document.querySelector('#running-table button').focus(); window.scrollTo(0, 400)");
        String look = "return [document.querySelector('.failure').open, document.activeElement.textContent,"
                + " document.getElementById('progress-table').scrollTop, window.scrollY].join()";
        String before = browser.run(look);
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
        assertThat(browser.run(look)).isEqualTo(before);
        assertThat(browser.texts("#running-table th[scope=row]")).containsExactly("many/new", "many/0");
    }

    @Test
    void lostNode_staysAndIsMarked() throws IOException {
        Map<String, Object> frame = SampleFrames.tenTasks();
        frame.put(
                "nodes",
                FrameParts.cut(
                        List.of(FrameParts.node("node-1", 4, 1, false), FrameParts.node("node-2", 4, 0, false)), 2));
        page.open(frame);
        assertThat(browser.text("#nodes-table")).doesNotContain("lost");
        frame.put(
                "nodes",
                FrameParts.cut(
                        List.of(FrameParts.node("node-1", 4, 1, false), FrameParts.node("node-2", 4, 4, true)), 2));
        page.showNext(frame);
        assertThat(browser.texts("#nodes-table tbody tr"))
                .satisfiesExactly(
                        node -> assertThat(node)
                                .contains("node-1", "3 of 4", "now")
                                .doesNotContain("lost"),
                        node -> assertThat(node).contains("node-2", "lost", "31 s ago"));
        assertThat(browser.text("#facts")).contains("1, 1 lost");
        browser.takeLongScreenshot("lost-node", OpenPage.WIDTH);
    }

    @Test
    void endOfSession_keepsEverythingAndEndsTheConnection() {
        page.open(SampleFrames.tenTasks());
        Map<String, Object> last = SampleFrames.tenTasks();
        FrameParts.mapOf(last, "session").put("ended", FrameParts.NOW);
        FrameParts.setNames(last, List.of(FrameParts.counts("square", Map.of("submitted", 9, "completed", 9))), 1);
        server.end(last);
        browser.awaitText("#state", "Session ended");
        browser.awaitText("#overall-text", "9 of 9 tasks ended (100 %)");
        assertThat(browser.count(".failure")).isEqualTo(1);
        browser.awaitThat(() -> {
            server.show(last); // a server notices that a page has gone when it writes to it
            return server.connections() == 0;
        });
        assertThat(browser.text("#state")).isEqualTo("Session ended");
    }

    @Test
    void lostConnection_isSaidAndTakenUpAgain() {
        page.open(SampleFrames.tenTasks());
        server.refuse();
        browser.awaitText("#state", ", retrying");
        assertThat(browser.text("#overall-text")).isEqualTo("6 of 10 tasks ended (60 %)");
        server.accept();
        browser.awaitText("#state", "Live");
        page.showNext(SampleFrames.empty());
        assertThat(browser.text("#overall-text")).isEqualTo("No tasks yet");
        assertThat(browser.consoleErrors()).allMatch(error -> error.contains("/events"));
    }

    @Test
    void hiddenPage_drawsNothingUntilItIsSeen() {
        page.open(SampleFrames.tenTasks());
        browser.run("Object.defineProperty(document, 'hidden', {value: true, configurable: true})");
        int before = page.frames();
        server.show(SampleFrames.manyTasks());
        server.end(SampleFrames.empty());
        browser.awaitText("#state", "Session ended");
        assertThat(page.frames()).isEqualTo(before);
        assertThat(browser.text("#overall-text")).isEqualTo("6 of 10 tasks ended (60 %)");
        browser.run("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(page.frames()).isEqualTo(before + 1);
        assertThat(browser.text("#overall-text")).isEqualTo("No tasks yet");
    }

    @Test
    void flow_hasABoxForEachNameAndShowsTasksOnRequest() {
        page.open(SampleFrames.tenTasks());
        assertThat(browser.texts(".graph-name")).containsExactlyInAnyOrder("square", "sum");
        assertThat(browser.count(".edge")).isEqualTo(1);
        browser.click("#graph-tasks");
        assertThat(browser.texts(".graph-name")).containsExactlyInAnyOrder("ten/square/1", "ten/square/7", "ten/sum");
        assertThat(browser.count(".edge")).isEqualTo(2);
        assertThat(browser.count(".graph-node.bad")).isEqualTo(1);
    }

    @Test
    void keyboard_reachesEverything() {
        page.open(SampleFrames.tenTasks());
        server.answer("stack", "ten/square/8", Map.of("key", "ten/square/8", "stack", "at Square.run"));
        browser.press(Keys.TAB);
        assertThat(browser.run("return document.activeElement.className")).isEqualTo("skip");
        tabTo(".failure summary");
        browser.press(Keys.ENTER);
        assertThat(browser.text(".failure pre")).contains("Numbers.java");
        tabTo("canvas");
        browser.press(Keys.ARROW_LEFT);
        browser.press(Keys.ARROW_UP);
        assertThat(browser.text("#stream-tip")).startsWith("square: 2 tasks. node-1, lane 1");
        tabTo("#stream .behind summary");
        browser.press(Keys.ENTER);
        browser.awaitThat(() -> browser.count("#stream .behind tbody tr") == 3);
        tabTo("#running-table button");
        browser.press(Keys.ENTER);
        browser.awaitText("#running-table pre", "at Square.run");
        tabTo("#lookup-key");
        browser.press("no-such-key" + Keys.ENTER);
        browser.awaitText("#lookup-result", "unknown");
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("lookup-result");
    }

    /** Presses the key for the next element until the focus is on one that matches. */
    private static void tabTo(String selector) {
        String isThere = "return document.activeElement.matches('" + selector + "')";
        for (int press = 0; press < 60 && browser.run(isThere).equals("false"); press++) {
            browser.press(Keys.TAB);
        }
        assertThat(browser.run(isThere)).as("focus on %s", selector).isEqualTo("true");
    }

    @Test
    void report_showsItsFrameAndAsksNobody() throws IOException {
        Map<String, Object> frame = SampleFrames.tenTasks();
        FrameParts.mapOf(frame, "session").put("ended", FrameParts.NOW);
        Path report = Files.writeString(folder.resolve("report.html"), PageAssets.frozenPage(FrameParts.toJson(frame)));
        browser.open(report.toUri().toString(), OpenPage.WIDTH, OpenPage.HEIGHT, false);
        page.awaitFrames(1);
        assertThat(browser.text("#state")).isEqualTo("Report of a run that ended");
        assertThat(browser.text("#overall-text")).isEqualTo("6 of 10 tasks ended (60 %)");
        assertThat(browser.count(".u-wrap")).isEqualTo(3);
        assertThat(browser.text("body")).doesNotContain("Look up");
        assertThat(browser.count("#running-table button")).isZero();
        assertThat(browser.run("return performance.getEntriesByType('resource')"
                        + ".filter(entry => !entry.name.startsWith('data:')).map(entry => entry.name).join()"))
                .isEmpty();
        assertThat(browser.seriousViolations()).isEmpty();
    }
}
