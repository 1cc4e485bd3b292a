package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that the page of the dashboard keeps what somebody reads while new frames come. */
@Tag(Browser.TAG)
class DashboardReadingIT {
    @RegisterExtension
    static final OpenPage page = OpenPage.withoutErrors();

    @Test
    void openFailure_staysUntilTheNewestIsAskedFor() throws IOException {
        page.open(SampleFrames.tenTasks());
        page.browser().click(".failure summary");
        page.browser().run("getSelection().selectAllChildren(document.querySelector('.failure pre'))");
        String selected = page.browser().run("return getSelection().toString()");
        assertThat(selected).contains("Numbers.java:12");
        assertThat(page.browser().text(".failure .key-line")).doesNotContain("Show the newest");

        page.showNext(withFailures("number 9 is odd", "ten/square/9"));
        assertThat(page.browser().count(".failure")).isEqualTo(2);
        assertThat(page.browser().run("return getSelection().toString()")).isEqualTo(selected);
        assertThat(page.browser().text(".failure[open]"))
                .startsWith("5\u00d7")
                .contains("number 7 is odd", "ten/square/7", "Show the newest")
                .doesNotContain("number 9 is odd");
        page.browser().takeLongScreenshot("open-failure", OpenPage.WIDTH);

        page.browser().click(".failure[open] .newest");
        assertThat(page.browser().text(".failure[open]"))
                .contains("number 9 is odd", "ten/square/9")
                .doesNotContain("Show the newest");
        assertThat(page.browser().run("return document.activeElement.tagName")).isEqualTo("SUMMARY");
    }

    /** Returns a frame with one failure more, and a group that has more failures. */
    private static Map<String, Object> withFailures(String message, String key) {
        Map<String, Object> frame = SampleFrames.tenTasks();
        frame.put(
                "failures",
                FrameParts.cut(
                        List.of(
                                FrameParts.failure("sum", "too large", 8, "ten/sum"),
                                FrameParts.failure("square", message, 5, key)),
                        2));
        return frame;
    }

    @Test
    void failureThatIsOpenedAgain_hasItsNewestExample() {
        page.open(SampleFrames.tenTasks());
        page.browser().click(".failure summary");
        page.showNext(withFailures("number 9 is odd", "ten/square/9"));
        page.browser().click(".failure[open] summary");
        page.browser().awaitText(".failure:last-child", "number 9 is odd");
        page.browser().click(".failure:last-child summary");
        assertThat(page.browser().text(".failure[open] code")).isEqualTo("ten/square/9");
    }

    @Test
    void openRows_stayWhereTheyAre() throws IOException {
        page.open(running("ten/a", "ten/b", "ten/c"));
        page.server().answer("stack", "ten/b", Map.of("key", "ten/b", "stack", "at B.run"));
        page.server().answer("stack", "ten/c", Map.of("key", "ten/c", "stack", "at C.run\n".repeat(100)));
        page.browser().click("#running-table tbody:nth-of-type(3) button");
        page.browser().click("#running-table tbody:nth-of-type(2) button");
        page.browser().awaitText("#running-table tbody:nth-of-type(2) pre", "at B.run");
        page.browser().awaitText("#running-table tbody:nth-of-type(3) pre", "at C.run");
        assertThat(page.browser().text("#running-table .stack code")).isEqualTo("ten/b");
        page.browser().run("document.querySelector('#running-table tbody:nth-of-type(3) pre').scrollTop = 120");
        String scrolled =
                "return [...document.querySelectorAll('#running-table pre')].map(pre => pre.scrollTop).join()";
        assertThat(page.browser().run(scrolled)).isEqualTo("0,120");

        page.showNext(running("ten/new", "ten/a", "ten/c"));
        assertThat(page.browser().texts("#running-table th[scope=row]"))
                .containsExactly("ten/new", "ten/a", "ten/b", "ten/c");
        assertThat(page.browser().text("#running-table tbody:nth-of-type(3)")).contains("is not in this list any more");
        page.showNext(running("ten/c", "ten/a"));
        assertThat(page.browser().texts("#running-table th[scope=row]")).containsExactly("ten/a", "ten/b", "ten/c");
        assertThat(page.browser().run(scrolled)).isEqualTo("0,120");
        page.browser().takeLongScreenshot("open-rows", OpenPage.WIDTH);
    }

    private static Map<String, Object> running(String... keys) {
        Map<String, Object> frame = SampleFrames.tenTasks();
        List<Map<String, Object>> rows = Stream.of(keys)
                .map(key -> FrameParts.running(key, "square", "running", 6_000))
                .toList();
        frame.put("running", FrameParts.cut(rows, rows.size()));
        return frame;
    }

    @Test
    void taskThatWaits_saysWhatFor() {
        Map<String, Object> waiting = new LinkedHashMap<>(FrameParts.running("ten/a", "square", "held up", 6_000));
        waiting.put("waitsFor", "limit 'db'");
        Map<String, Object> frame = SampleFrames.tenTasks();
        frame.put(
                "running",
                FrameParts.cut(List.of(waiting, FrameParts.running("ten/b", "square", "held up", 5_000)), 2));
        page.open(frame);
        assertThat(page.browser().texts("#running-table td:nth-child(4)"))
                .containsExactly("waits for limit 'db'", "waits for a resource or a limit");
        assertThat(page.browser().count("#running-table td[title='waits for limit \\'db\\'']"))
                .isEqualTo(1);
        assertThat(page.browser().count("#running-table td[title=square]")).isEqualTo(2);
        assertThat(page.browser().count("#running-table td[title=node-1]")).isEqualTo(2);
    }

    @Test
    void lookupOfARunningKey_saysWhereItIsAndWhatItDoes() {
        page.open(SampleFrames.tenTasks());
        page.server()
                .answer(
                        "task",
                        "ten/a",
                        Map.of(
                                "key",
                                "ten/a",
                                "status",
                                "RUNNING",
                                "node",
                                "node-7",
                                "phase",
                                "held up",
                                "attempt",
                                2,
                                "waitsFor",
                                "resource 'gpu'"));
        page.browser().click("#lookup-key");
        page.browser().press("ten/a\n");
        page.browser().awaitText("#lookup-result", "waits for resource 'gpu'");
        assertThat(page.browser().texts("#lookup-result dd"))
                .containsExactly("waits or runs", "waits for resource 'gpu'", "node-7", "2");
        assertThat(page.browser().run("return document.activeElement.id")).isEqualTo("lookup-result");
    }

    @Test
    void lookup_saysThatItAsksAndTakesNoFocusFromElsewhere() {
        page.open(SampleFrames.tenTasks());
        page.browser().click("#lookup-key");
        page.browser().press("first\n");
        page.browser().awaitText("#lookup-result", "first");
        page.browser()
                .run("const ask = window.fetch;"
                        + "window.fetch = (...all) => new Promise(done => window.release = () => done(ask(...all)))");
        page.browser().run("document.getElementById('lookup-key').select()");
        page.browser().click("#lookup-key");
        page.browser().press("second\n");
        page.browser().awaitText("#lookup-status", "Asking");
        assertThat(page.browser().text("#lookup-result")).isEmpty();
        page.browser().run("document.getElementById('progress-table').focus(); window.release()");
        page.browser().awaitText("#lookup-result", "second");
        assertThat(page.browser().text("#lookup-status")).isEmpty();
        assertThat(page.browser().run("return document.activeElement.id")).isEqualTo("progress-table");
    }
}
