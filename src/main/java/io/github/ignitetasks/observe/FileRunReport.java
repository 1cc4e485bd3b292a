package io.github.ignitetasks.observe;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionObserver;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.view.RunView;
import io.github.ignitetasks.internal.view.SelfContainedPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A report in files.
 *
 * @param report the file of the report
 * @param trace the file of the trace; empty for none
 */
record FileRunReport(Path report, Optional<Path> trace) implements RunReport, SessionObserver {

    @Override
    public RunReport withTrace(Path file) {
        return new FileRunReport(report, Optional.of(requireNonNull(file, "file")));
    }

    @Override
    public TaskEvents observe(ObservedSession session) {
        checkFile("report", report);
        trace.ifPresent(file -> checkFile("trace", file));
        return observe(session, new SelfContainedPage(SelfContainedPage.FOLDER));
    }

    /** Begins to observe a session, for a report on a page. */
    TaskEvents observe(ObservedSession session, SelfContainedPage page) {
        RunView view = new RunView(session);
        EventStream events = new EventStream();
        events.add(view);
        events.add(new ReportedRun(session.name(), view, this, page));
        return events;
    }

    private static void checkFile(String what, Path file) {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || Files.isDirectory(absolute)) {
            throw new IllegalStateException(
                    what + " must be a file, but is the folder " + absolute + "; add the name of a file");
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("the folder of " + what + " " + absolute + " is missing; make " + folder
                    + ", or name another file");
        }
        if (!Files.isWritable(folder)) {
            throw new IllegalStateException("the folder of " + what + " " + absolute
                    + " cannot be written to; allow it," + " or name another file");
        }
    }
}
