package io.github.ignitetasks.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.view.RunView;
import io.github.ignitetasks.internal.view.SelfContainedPage;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.JsonValue;
import io.github.ignitetasks.support.ObservedRun;
import io.github.ignitetasks.support.ObservedTask;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the files of a report, on a small page among the resources of tests. */
final class RunReportTest {
    private static final SelfContainedPage PAGE = new SelfContainedPage("/io/github/ignitetasks/internal/view/page/");
    private static final Pattern FROZEN =
            Pattern.compile("<script type=\"application/json\" id=\"frozen\">(.*)</script>");

    @TempDir
    Path folder;

    /** Runs a session with some tasks under a report. */
    private static void run(RunReport report, int tasks) {
        ObservedRun run = new ObservedRun();
        TaskEvents events = ((FileRunReport) report).observe(run, PAGE);
        run.add(events);
        for (int i = 0; i < tasks; i++) {
            run.run(StateType.COMPLETED, ObservedTask.of("key-" + i, "fetch"));
        }
        events.closed();
    }

    private static JsonValue frameIn(Path file) throws IOException {
        Matcher frozen = FROZEN.matcher(Files.readString(file));
        assertThat(frozen.find()).isTrue();
        return JsonValue.parse(frozen.group(1));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void reportIsOneFileWithTheEndOfTheRun() throws IOException {
        run(RunReport.to(folder.resolve("run.html")), 3);

        assertThat(files()).containsExactly("run.html");
        JsonValue frame = frameIn(folder.resolve("run.html"));
        assertThat(frame.number("totals.completed")).isEqualTo(3);
        assertThat(frame.at("session.ended").asDouble()).isPositive();
    }

    @Test
    void reportOfManyTasksIsSmall() throws IOException {
        run(RunReport.to(folder.resolve("run.html")), 200_000);

        assertThat(Files.size(folder.resolve("run.html"))).isLessThan(5_000_000);
    }

    @Test
    void reportReplacesNoFile() throws IOException {
        RunReport report = RunReport.to(folder.resolve("run.html")).withTrace(folder.resolve("trace.json.gz"));
        run(report, 1);
        run(report, 2);
        run(report, 3);

        assertThat(files())
                .containsExactly(
                        "run-2.html", "run-3.html", "run.html", "trace-2.json.gz", "trace-3.json.gz", "trace.json.gz");
        assertThat(frameIn(folder.resolve("run.html")).number("totals.completed"))
                .isEqualTo(1);
        assertThat(frameIn(folder.resolve("run-3.html")).number("totals.completed"))
                .isEqualTo(3);
    }

    @Test
    void traceThatEndsInGzIsCompressed() throws IOException {
        run(RunReport.to(folder.resolve("run.html")).withTrace(folder.resolve("trace.json")), 2);
        run(RunReport.to(folder.resolve("run.html")).withTrace(folder.resolve("trace.json.gz")), 2);

        String plain = Files.readString(folder.resolve("trace.json"));
        assertThat(JsonValue.parse(plain).at("traceEvents").elements()).hasSizeGreaterThan(3);
        try (InputStream compressed = new GZIPInputStream(Files.newInputStream(folder.resolve("trace.json.gz")))) {
            assertThat(JsonValue.parse(new String(compressed.readAllBytes(), UTF_8))
                            .at("traceEvents")
                            .elements())
                    .hasSizeGreaterThan(3);
        }
    }

    @Test
    void sessionDoesNotStartIfTheFolderIsMissing() {
        Path file = folder.resolve("none/run.html");
        TaskRunner runner = ThreadPoolTaskRunner.withSlots(1).withListener(RunReport.to(file));

        assertThatThrownBy(runner::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the folder of report " + file + " is missing; make " + folder.resolve("none")
                        + ", or name another file");
    }

    @Test
    void sessionDoesNotStartIfTheFileIsAFolder() {
        TaskRunner runner = ThreadPoolTaskRunner.withSlots(1)
                .withListener(RunReport.to(folder.resolve("run.html")).withTrace(folder));

        assertThatThrownBy(runner::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("trace must be a file, but is the folder " + folder + "; add the name of a file");
    }

    @Test
    void errorAtTheEndIsLoggedAndTheSessionCloses() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        ObservedRun run = new ObservedRun();
        TaskEvents events = ((FileRunReport) RunReport.to(gone.resolve("run.html"))).observe(run, PAGE);
        Files.delete(gone);

        try (CapturedLog log = CapturedLog.of(RunReport.class)) {
            events.closed();

            assertThat(log.errors()).singleElement().asString().contains("could not be written to " + gone);
        }
    }

    @Test
    void lackOfMemoryAtTheEndIsLoggedAndTheSessionCloses() throws IOException {
        ObservedRun run = new ObservedRun();
        ObservedSession large = (ObservedSession) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ObservedSession.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("description")) {
                        throw new OutOfMemoryError("for the test");
                    }
                    return method.invoke(run, arguments);
                });
        RunReport report = RunReport.to(folder.resolve("run.html"));
        RunView view = new RunView(large);
        view.closed();

        try (CapturedLog log = CapturedLog.of(RunReport.class)) {
            new ReportedRun("fake-1", view, (FileRunReport) report, PAGE).closed();

            assertThat(log.errors()).singleElement().asString().contains("could not be written to");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void reportsAreEqualIfTheirFilesAre() {
        RunReport report = RunReport.to(Path.of("a.html"));

        assertThat(report).isEqualTo(RunReport.to(Path.of("a.html"))).isNotEqualTo(RunReport.to(Path.of("b.html")));
        assertThat(report.withTrace(Path.of("t.json"))).isNotEqualTo(report);
    }
}
