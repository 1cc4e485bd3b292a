package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests what the page of the dashboard shows while its server is silent or refuses it. */
@Tag(Browser.TAG)
class DashboardConnectionIT {
    @RegisterExtension
    static final OpenPage page = OpenPage.withErrors();

    @Test
    void silence_isSaidUntilTheNextFrame() throws IOException {
        page.open(SampleFrames.tenTasks());
        assertThat(page.browser().text("#state")).isEqualTo("Live");
        page.browser().run("const now = performance.now(); performance.now = () => now + 10_000");
        page.browser().awaitText("#state", "No news since ");
        assertThat(page.browser().text("#state")).matches("No news since \\d\\d:\\d\\d:\\d\\d");
        assertThat(page.browser().count("#state[data-state=lost]")).isEqualTo(1);
        page.browser().takeScreenshot("silence");
        page.showNext(SampleFrames.tenTasks());
        assertThat(page.browser().text("#state")).isEqualTo("Live");
        assertThat(page.browser().consoleErrors()).isEmpty();
    }

    @Test
    void hiddenPage_hasTheTitleOfTheLatestFrame() {
        page.open(SampleFrames.empty());
        page.browser().run("Object.defineProperty(document, 'hidden', {value: true, configurable: true})");
        page.server().show(SampleFrames.tenTasks());
        page.browser()
                .awaitThat(() -> page.browser().run("return document.title").equals("60 % · ignite-1"));
        assertThat(page.browser().text("#overall-text")).isEqualTo("No tasks yet");
    }

    @Test
    void refusal_isShownWithItsText() throws IOException {
        page.open(SampleFrames.tenTasks());
        page.server().refuse("20 pages view this dashboard, which is the most; <b>close</b> one of them");
        page.browser().awaitText("#refusal", "which is the most; <b>close</b> one of them");
        assertThat(page.browser().text("#state")).isEqualTo("Refused, retrying");
        page.browser().takeScreenshot("refusal");
        page.server().accept();
        page.browser().awaitText("#state", "Live");
        assertThat(page.browser().text("#refusal")).isEmpty();
        page.browser().awaitThat(() -> {
            page.server().show(SampleFrames.tenTasks()); // a server notices that a page has gone when it writes to it
            return page.server().connections() == 1;
        });
    }

    @Test
    void refusalWithoutText_isShownWithItsStatus() {
        page.open(SampleFrames.tenTasks());
        page.server().refuse();
        page.browser().awaitText("#refusal", "The server answered 503.");
    }
}
