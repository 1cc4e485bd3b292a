package io.github.ignitetasks.observe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A browser and a server for the page of the dashboard, with frames of a test's choice. They live as long as a test class.
 * For one thread.
 */
final class OpenPage implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    static final int WIDTH = 1280;
    static final int HEIGHT = 900;

    private final boolean mayLogErrors;
    private @Nullable Browser browser;
    private @Nullable PageServer server;

    private OpenPage(boolean mayLogErrors) {
        this.mayLogErrors = mayLogErrors;
    }

    /** Returns a page that fails a test if the console of the browser has errors after it. */
    static OpenPage withoutErrors() {
        return new OpenPage(false);
    }

    /** Returns a page whose tests may have errors in the console of the browser, such as refused requests. */
    static OpenPage withErrors() {
        return new OpenPage(true);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        browser = Browser.start();
        server = PageServer.start();
    }

    /** Leaves the page, and forgets what earlier tests have done. */
    @Override
    public void beforeEach(ExtensionContext context) {
        browser().leave();
        browser().consoleErrors();
        server().reset();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!mayLogErrors) {
            assertThat(browser().consoleErrors()).isEmpty();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try {
            if (server != null) {
                server.close();
            }
        } finally {
            if (browser != null) {
                browser.close();
            }
        }
    }

    Browser browser() {
        return requireNonNull(browser, "beforeAll sets it");
    }

    PageServer server() {
        return requireNonNull(server, "beforeAll sets it");
    }

    /** Opens the page in its usual size and light colours, and waits until it shows this frame. */
    void open(Map<String, Object> frame) {
        open(frame, WIDTH, false);
    }

    /** Opens the page in this width, and waits until it shows this frame. */
    void open(Map<String, Object> frame, int width, boolean isDark) {
        server().show(frame);
        browser().open(server().address(), width, HEIGHT, isDark);
        awaitFrames(1);
    }

    /** Returns how many frames the page has shown. */
    int frames() {
        return Integer.parseInt(browser().run("return document.documentElement.dataset.frames || 0"));
    }

    /** Waits until the page has shown so many frames. */
    void awaitFrames(int number) {
        browser().awaitThat(() -> frames() >= number);
    }

    /** Shows one more frame, and waits until the page has it. */
    void showNext(Map<String, Object> frame) {
        int before = frames();
        server().show(frame);
        awaitFrames(before + 1);
    }
}
