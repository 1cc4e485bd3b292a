package io.github.ignitetasks.observe;

import java.io.IOException;
import java.util.Map;

/** A browser and a server for the page of the dashboard, with frames of a test's choice. For one thread. */
final class OpenPage implements AutoCloseable {
    static final int WIDTH = 1280;
    static final int HEIGHT = 900;

    private final Browser browser;
    private final PageServer server;

    private OpenPage(Browser browser, PageServer server) {
        this.browser = browser;
        this.server = server;
    }

    /** Starts browser and server, which have no page yet. */
    static OpenPage start() throws IOException {
        Browser browser = Browser.start();
        boolean hasServer = false;
        try {
            OpenPage page = new OpenPage(browser, PageServer.start());
            hasServer = true;
            return page;
        } finally {
            if (!hasServer) {
                browser.close();
            }
        }
    }

    Browser browser() {
        return browser;
    }

    PageServer server() {
        return server;
    }

    /** Leaves the page, and forgets what earlier tests have done. */
    void forget() {
        browser.leave();
        browser.consoleErrors();
        server.reset();
    }

    /** Opens the page in its usual size and light colours, and waits until it shows this frame. */
    void open(Map<String, Object> frame) {
        open(frame, WIDTH, false);
    }

    /** Opens the page in this width, and waits until it shows this frame. */
    void open(Map<String, Object> frame, int width, boolean isDark) {
        server.show(frame);
        browser.open(server.address(), width, HEIGHT, isDark);
        awaitFrames(1);
    }

    /** Returns how many frames the page has shown. */
    int frames() {
        return Integer.parseInt(browser.run("return document.documentElement.dataset.frames || 0"));
    }

    /** Waits until the page has shown so many frames. */
    void awaitFrames(int number) {
        browser.awaitThat(() -> frames() >= number);
    }

    /** Shows one more frame, and waits until the page has it. */
    void showNext(Map<String, Object> frame) {
        int before = frames();
        server.show(frame);
        awaitFrames(before + 1);
    }

    @Override
    public void close() throws IOException {
        try {
            server.close();
        } finally {
            browser.close();
        }
    }
}
