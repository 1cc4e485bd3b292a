package io.github.ignitetasks.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real Chromium without a window, which reaches nothing but this machine. Closing it ends its processes and deletes its
 * folder. For one thread.
 */
final class Browser implements AutoCloseable {
    /** The tag of tests that need a browser. Where CI cannot install one, it leaves these tests out and logs that. */
    static final String TAG = "browser";

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Kept, because a logger that nobody holds forgets its level. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final Path folder;
    private final ChromeDriverService service;
    private final ChromeDriver driver;
    private final List<ProcessHandle> processes;

    private Browser(Path folder, ChromeDriverService service, ChromeDriver driver, List<ProcessHandle> processes) {
        this.folder = folder;
        this.service = service;
        this.driver = driver;
        this.processes = processes;
    }

    /** Starts a browser. */
    static Browser start() throws IOException {
        SELENIUM.setLevel(Level.SEVERE);
        Path binary = program("chromium.binary", "/usr/bin/chromium");
        Path driverBinary = program("chromium.driver", "/usr/bin/chromedriver");
        Path folder = Files.createTempDirectory("browser");
        Set<Long> before = descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driverBinary.toFile())
                .usingAnyFreePort()
                .withEnvironment(Map.of("TMPDIR", folder.toString()))
                .build();
        boolean hasStarted = false;
        try {
            ChromeDriver driver = new ChromeDriver(service, options(binary, folder));
            driver.manage().timeouts().scriptTimeout(Deadlines.PATIENCE);
            List<ProcessHandle> processes = descendants()
                    .filter(process -> !before.contains(process.pid()))
                    .toList();
            hasStarted = true;
            return new Browser(folder, service, driver, processes);
        } finally {
            if (!hasStarted) {
                service.stop();
                delete(folder);
            }
        }
    }

    private static Stream<ProcessHandle> descendants() {
        return ProcessHandle.current().descendants();
    }

    private static Path program(String property, String standard) {
        Path path = Path.of(System.getProperty(property, standard));
        if (!Files.isExecutable(path)) {
            throw new IllegalStateException("there is no program " + path + ": install Debian's packages chromium and"
                    + " chromium-driver, or give the paths of both programs by the system properties chromium.binary"
                    + " and chromium.driver");
        }
        return path;
    }

    private static ChromeOptions options(Path binary, Path folder) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(binary.toFile());
        options.addArguments(
                "--headless=new",
                "--user-data-dir=" + folder.resolve("profile"),
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-sync",
                "--hide-scrollbars",
                "--no-default-browser-check",
                "--no-first-run");
        if (System.getProperty("user.name").equals("root")) {
            options.addArguments("--no-sandbox"); // Chromium refuses to start as root with it
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        return options;
    }

    /** Opens an address in this size, in light or dark colours. */
    void open(String address, int width, int height, boolean isDark) {
        resize(width, height);
        setDark(isDark);
        driver.get(address);
    }

    /** Sets whether the system has dark colours. */
    void setDark(boolean isDark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Gives the page another size. */
    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Leaves the page, which ends its connections. */
    void leave() {
        driver.get("about:blank");
    }

    /** Runs a script, and returns its value as text. */
    String run(String script) {
        return String.valueOf(driver.executeScript(script));
    }

    /** Returns the visible text of the first element that matches. */
    String text(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    /** Returns the visible texts of all elements that match. */
    List<String> texts(String selector) {
        return elements(selector).stream().map(WebElement::getText).toList();
    }

    /** Returns the number of elements that match. */
    int count(String selector) {
        return elements(selector).size();
    }

    private List<WebElement> elements(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Clicks the first element that matches. */
    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Presses keys where the focus is. */
    void press(CharSequence keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Waits until the condition holds. An element that the page has just replaced is looked up again. */
    void awaitThat(Callable<Boolean> condition) {
        await().atMost(Deadlines.PATIENCE)
                .pollInterval(Deadlines.GLIMPSE)
                .ignoreException(StaleElementReferenceException.class)
                .until(condition);
    }

    /** Waits until the visible text of the first element that matches contains this. */
    void awaitText(String selector, String part) {
        await("text of " + selector)
                .atMost(Deadlines.PATIENCE)
                .pollInterval(Deadlines.GLIMPSE)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> text(selector), text -> text.contains(part));
    }

    /** Returns what axe finds that is serious or critical, one line for each rule. */
    List<String> seriousViolations() throws IOException {
        try (InputStream script = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            driver.executeScript(new String(script.readAllBytes(), UTF_8));
        }
        Object found = driver.executeAsyncScript("""
                const done = arguments[0];
                axe.run({resultTypes: ['violations']}).then(
                    results => done(results.violations
                        .filter(rule => rule.impact === 'serious' || rule.impact === 'critical')
                        .map(rule => rule.id + ': ' + rule.nodes.map(node => node.html).join(' '))),
                    error => done(['axe failed: ' + error]));
                """);
        return ((List<?>) Objects.requireNonNull(found))
                .stream().map(String::valueOf).toList();
    }

    /** Returns the errors that the console of the browser has shown since the last call. */
    List<String> consoleErrors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Writes what the page looks like to {@code target/screenshots}; returns the file. */
    Path takeScreenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        return Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Writes what the whole page looks like, however long it is; returns the file. */
    Path takeLongScreenshot(String name, int width) throws IOException {
        resize(width, Integer.parseInt(run("return document.documentElement.scrollHeight")));
        return takeScreenshot(name);
    }

    @Override
    public void close() throws IOException {
        try {
            driver.quit();
        } finally {
            service.stop();
            processes.forEach(ProcessHandle::destroyForcibly);
            await().atMost(Deadlines.PATIENCE).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(Browser::deleteIfThere);
        }
    }

    private static void deleteIfThere(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
