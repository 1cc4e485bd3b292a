package io.github.ignitetasks.observe;

import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.view.RunView;
import io.github.ignitetasks.internal.view.SelfContainedPage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the run of one session to files when the session closes. Safe to share between threads.
 *
 * @param session the name of the session
 * @param view what the report shows; it gets each event before this object
 * @param files the files to write
 * @param page the page that shows it
 */
record ReportedRun(String session, RunView view, FileRunReport files, SelfContainedPage page) implements TaskEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RunReport.class);

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    @Override
    public void closed() {
        write("report", files.report(), out -> page.write(view.reportFrame(), out));
        files.trace().ifPresent(trace -> write("trace", trace, out -> writeTrace(trace, out)));
    }

    private void writeTrace(Path file, OutputStream out) throws IOException {
        if (file.toString().endsWith(".gz")) {
            GZIPOutputStream compressed = new GZIPOutputStream(out);
            view.writeTrace(compressed);
            compressed.finish();
        } else {
            view.writeTrace(out);
        }
    }

    /** Writes a file. An error is logged, because the session closes all the same. */
    private void write(String what, Path file, Content content) {
        try {
            Path written = NewFile.write(file.toAbsolutePath(), content::writeTo);
            LOG.info("{}: the {} of the run is at {}", session, what, written);
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("{}: the {} of the run could not be written to {}", session, what, file.toAbsolutePath(), e);
        }
    }
}
