package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The flow on the page of the dashboard in a real browser: its boxes, its marks and its tables. */
@Tag(Browser.TAG)
class DashboardFlowIT {
    @RegisterExtension
    static final OpenPage page = OpenPage.withoutErrors();

    @Test
    void singleTasks_haveMarksAndStates() throws IOException {
        List<String> states = List.of(
                "COMPLETED", "FAILED", "CRASHED", "CANCELLED", "NOT_READY", "running", "retrying", "queued", "waiting");
        Map<String, Object> frame = SampleFrames.tenTasks();
        List<Map<String, Object>> nodes = new ArrayList<>();
        List<List<Object>> edges = new ArrayList<>();
        for (int task = 0; task < states.size(); task++) {
            nodes.add(Map.of("key", "key-" + task, "name", "square", "state", states.get(task)));
            if (task > 0) {
                edges.add(List.of(0, task));
            }
        }
        setGraph(frame, Map.of("tasks", Map.of("nodes", nodes, "edges", edges)));
        page.open(frame);
        openTable();
        page.browser().click("#graph-tasks");
        assertThat(page.browser().count(".graph-node.bad")).isEqualTo(2);
        assertThat(page.browser()
                        .run(
                                "return [...document.querySelectorAll('.graph-node')].map(box => box.firstChild.textContent"
                                        + ".split(': ')[1] + box.children[3].textContent).sort().join()"))
                .isEqualTo("cancelled\u2013,completed\u2713,crashed\u25b2,failed\u25b2,not ready\u2013,queued\u25cb,"
                        + "retrying\u21ba,running\u25b6,waiting\u2026");
        assertThat(page.browser().texts("#graph .behind:not([hidden]) td:nth-child(3)"))
                .containsExactly(
                        "completed",
                        "failed",
                        "crashed",
                        "cancelled",
                        "not ready",
                        "running",
                        "retrying",
                        "queued",
                        "waiting");
        page.browser().takeLongScreenshot("single-tasks", OpenPage.WIDTH);
        page.browser().click("#graph-tasks");
        assertThat(page.browser().texts("#graph .behind:not([hidden]) tbody th"))
                .containsExactly("square", "sum");
    }

    private static void openTable() {
        page.browser().click("#graph .behind summary");
        page.browser().awaitThat(() -> page.browser().count("#graph .behind tbody tr") > 0);
    }

    private static void setGraph(Map<String, Object> frame, Map<String, Object> more) {
        Map<String, Object> graph = new LinkedHashMap<>(FrameParts.mapOf(frame, "graph"));
        graph.put("tasks", null);
        graph.putAll(more);
        frame.put("graph", graph);
    }

    @Test
    void cutFlow_saysHowManyEdgesItShows() {
        Map<String, Object> frame = SampleFrames.tenTasks();
        Map<String, Object> byName = new LinkedHashMap<>(FrameParts.mapOf(FrameParts.mapOf(frame, "graph"), "byName"));
        byName.put("edgesOf", 1_234);
        setGraph(frame, Map.of("byName", byName));
        page.open(frame);
        assertThat(page.browser().text("#graph-shown")).isEqualTo("1 of 1,234 edges shown");
        page.showNext(SampleFrames.tenTasks());
        assertThat(page.browser().text("#graph-shown")).isEmpty();
    }

    @Test
    void tooManyTasks_takeTheChoiceAwayAndSaySo() throws IOException {
        page.open(SampleFrames.tenTasks());
        page.browser().click("#graph-tasks");
        assertThat(page.browser().texts(".graph-name")).contains("ten/sum");
        Map<String, Object> next = SampleFrames.tenTasks();
        setGraph(next, Map.of("tasksOf", 301));
        page.showNext(next);
        assertThat(page.browser().text("#graph-view"))
                .contains("Single tasks are shown up to 300 tasks and 2,000 edges.", "301 tasks");
        assertThat(page.browser().texts(".graph-name")).containsExactlyInAnyOrder("square", "sum");
        assertThat(page.browser().run("return document.activeElement.classList.contains('graph-box')"))
                .isEqualTo("true");
        page.browser().takeLongScreenshot("too-many-tasks", OpenPage.WIDTH);
        page.showNext(SampleFrames.tenTasks());
        assertThat(page.browser().run("return document.getElementById('graph-tasks').checked"))
                .isEqualTo("false");
        assertThat(page.browser().text("#graph-view")).doesNotContain("2,000 edges");
    }

    @Test
    void nameThatNeedsItself_hasAMark() throws IOException {
        Map<String, Object> frame = SampleFrames.tenTasks();
        FrameParts.setGraph(
                frame,
                List.of(FrameParts.graphNode("square", 9, 6, 1), FrameParts.graphNode("sum", 1, 0, 0)),
                List.of(List.of(0, 0, 12), List.of(0, 1, 9)));
        page.open(frame);
        assertThat(page.browser().count(".graph-itself")).isEqualTo(1);
        assertThat(page.browser().run("return document.querySelector('.graph-itself title').textContent"))
                .isEqualTo("Tasks of this name need others of it, 12 times");
        openTable();
        assertThat(page.browser().texts("#graph .behind td:last-child")).containsExactly("itself (12)", "square (9)");
        page.browser().takeLongScreenshot("itself", OpenPage.WIDTH);
    }

    @Test
    void needs_areAllInTheTable() {
        List<Map<String, Object>> nodes = IntStream.range(0, 21)
                .mapToObj(node -> FrameParts.graphNode("name-" + node, 1, 0, 0))
                .toList();
        List<List<Object>> edges = IntStream.range(1, 21)
                .mapToObj(node -> List.<Object>of(node, 0, 1))
                .toList();
        Map<String, Object> frame = SampleFrames.tenTasks();
        FrameParts.setGraph(frame, nodes, edges);
        page.open(frame);
        openTable();
        assertThat(page.browser().text("#graph .behind tbody td:last-child"))
                .startsWith("name-1, name-2")
                .contains("name-9,")
                .endsWith("name-20");
    }

    @Test
    void flowThatGrows_staysWhereItIsScrolled() {
        Map<String, Object> frame = SampleFrames.manyTasks();
        page.open(frame);
        page.browser()
                .run("document.querySelector('.graph-box').scrollTo(90, 70);"
                        + "const now = performance.now(); performance.now = () => now + 3000");
        List<Map<String, Object>> nodes = new ArrayList<>();
        List<List<Object>> edges = new ArrayList<>();
        for (int node = 0; node < 200; node++) {
            nodes.add(FrameParts.graphNode("other-" + node, 1, 0, 0));
            edges.add(List.of(node / 2, node, 1));
        }
        FrameParts.setGraph(frame, nodes, edges.subList(1, 200));
        page.showNext(frame);
        assertThat(page.browser().texts(".graph-name")).anyMatch(text -> text.startsWith("other"));
        assertThat(
                        page.browser()
                                .run(
                                        "const box = document.querySelector('.graph-box'); return box.scrollLeft + ' ' + box.scrollTop"))
                .isEqualTo("90 70");
    }
}
