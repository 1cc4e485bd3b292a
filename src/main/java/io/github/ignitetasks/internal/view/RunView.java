package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionSnapshot;
import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.events.TaskLabel;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The view of one session's run. It takes bounded memory, whatever the number of tasks. Events only pass through a
 * bounded buffer, which a thread of the view reads until the session closes. Safe to share between threads.
 */
public final class RunView implements TaskEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RunView.class);
    private static final long READ_INTERVAL = 250_000_000;
    private static final long CLOSE_LIMIT = 5_000;

    private final ObservedSession session;
    private final RunClock clock = new RunClock();
    private final EndedTasks ended;
    private final TaskGraph graph;
    private final SingleTasks tasks = new SingleTasks();
    private final FrameWriter frames;
    private final Thread reader;

    /** How the run was when it ended; null before. */
    private volatile @Nullable End end;

    private volatile SessionSnapshot latest = new SessionSnapshot(Map.of(), List.of());

    private volatile boolean closing;

    private record End(SessionSnapshot snapshot, RunClock.Moment time) {}

    /** Makes a view of a session that begins, which gets the session's events from now on. */
    public RunView(ObservedSession session) {
        this.session = session;
        TaskNames names = new TaskNames(session.counts());
        this.ended = new EndedTasks(clock, names);
        this.graph = new TaskGraph(names);
        this.frames = new FrameWriter(session, clock, ended, graph, tasks);
        this.reader = new Thread(this::readUntilClosed, session.name() + "-view");
        reader.setDaemon(true);
        reader.start();
    }

    private void readUntilClosed() {
        boolean hasFailed = false;
        while (!closing) {
            try {
                ended.read();
            } catch (RuntimeException | Error e) { // one bad task must not hide the tasks that end later
                if (!hasFailed) {
                    LOG.error("{}: the view of the run misses a task that could not be read", session.name(), e);
                }
                hasFailed = true;
            }
            LockSupport.parkNanos(this, READ_INTERVAL);
        }
    }

    /**
     * Returns the run as it is now, as JSON in UTF-8. May block for about 2 seconds, because it asks the nodes. After the
     * session has closed, this is {@link #lastFrame}.
     */
    public byte[] frame() {
        SessionSnapshot snapshot = session.snapshot();
        latest = snapshot;
        return end == null ? write(snapshot, clock.now(), false, FrameLimits.LIVE) : lastFrame();
    }

    /** Returns the run as it was when the session closed, as JSON in UTF-8. Before, no node is asked. */
    public byte[] lastFrame() {
        return write(FrameLimits.LIVE);
    }

    /** Returns the run as {@link #lastFrame} does, in as much detail as a report has. */
    public byte[] reportFrame() {
        return write(FrameLimits.REPORT);
    }

    private byte[] write(FrameLimits limits) {
        End last = end;
        return last == null ? write(latest, clock.now(), false, limits) : write(last.snapshot, last.time, true, limits);
    }

    private byte[] write(SessionSnapshot snapshot, RunClock.Moment now, boolean hasEnded, FrameLimits limits) {
        ended.read();
        return frames.write(snapshot, now, hasEnded, limits);
    }

    /**
     * Writes the tasks that are kept as a trace: JSON in the Trace Event Format, which Perfetto and Chrome read.
     *
     * @throws IOException if the stream does not take it
     */
    public void writeTrace(OutputStream to) throws IOException {
        ended.read();
        ended.writeTrace(new TraceWriter(session, to));
    }

    @Override
    public void submitted(SessionTask task) {
        if (!task.isGiven()) {
            tasks.submitted(task);
        }
    }

    @Override
    public void depends(TaskLabel task, List<? extends TaskLabel> upstreams) {
        graph.add(task, upstreams);
        tasks.depends(task, upstreams);
    }

    @Override
    public void queued(String key) {
        tasks.isNow(key, "queued");
    }

    @Override
    public void started(TaskLabel task, String node, int attempt) {
        tasks.isNow(task.key(), "running");
    }

    @Override
    public void retrying(TaskLabel task, String node, int attempt, int attempts, State<?> failed, Duration delay) {
        tasks.isNow(task.key(), "retrying");
    }

    @Override
    public void ended(SessionTask task, StateType type, long nanos) {
        if (!task.isGiven()) {
            tasks.ended(task, type);
            if (ended.add(task, type, nanos)) {
                LockSupport.unpark(reader);
            }
        }
    }

    /** Keeps how the run is now, and ends the thread of the view. */
    @Override
    public void closed() {
        if (end != null) {
            return;
        }
        SessionSnapshot snapshot = latest;
        try {
            snapshot = session.snapshot();
            ended.finish();
        } catch (RuntimeException | Error e) { // the report is written and the session closes all the same
            LOG.error("{}: the view of the run misses its end", session.name(), e);
        } finally {
            end = new End(snapshot, clock.now());
            closing = true;
            LockSupport.unpark(reader);
        }
        try {
            reader.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the thread ends soon all the same
        }
    }
}
