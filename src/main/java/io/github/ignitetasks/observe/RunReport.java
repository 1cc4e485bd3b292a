package io.github.ignitetasks.observe;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.TaskListener;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A listener that writes a report when a session closes: one HTML file that shows the run, and needs nothing else. It
 * shows the latest 100,000 tasks one by one; its counts include all.
 *
 * <pre>{@code
 * TaskRunner runner = ThreadPoolTaskRunner.create().withListener(RunReport.to(Path.of("run.html")));
 * }</pre>
 *
 * <p>A report replaces no file. If there is one already, the name gets a number, such as {@code run-2.html}. The log
 * names the file. If a report cannot be written, the session logs an error and closes all the same.
 *
 * <p>A session does not start if the folder of a file is missing or cannot be written to. Two reports are equal if their
 * files are. Immutable, safe to share.
 */
public sealed interface RunReport extends TaskListener permits FileRunReport {

    /** Returns a listener that writes its report to a file, whose name usually ends in {@code .html}. */
    static RunReport to(Path file) {
        return new FileRunReport(requireNonNull(file, "file"), Optional.empty());
    }

    /**
     * Returns this report with a trace beside it: the tasks in the Trace Event Format, which <a
     * href="https://ui.perfetto.dev">Perfetto</a> and Chrome read.
     *
     * @param file the file of the trace, whose name usually ends in {@code .json}; if it ends in {@code .gz}, the trace is
     *     compressed
     */
    RunReport withTrace(Path file);
}
