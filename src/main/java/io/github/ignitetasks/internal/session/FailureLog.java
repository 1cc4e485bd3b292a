package io.github.ignitetasks.internal.session;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.base.PlainText;
import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.execution.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each final failure of a session's tasks as a warning. Of many failures of one kind, it logs the first, and then a
 * line with their number from time to time. Tasks whose upstream did not complete are counted only. Safe to share between
 * threads.
 */
final class FailureLog implements TaskEvents {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    /** How many failures of a kind are logged one by one, until the next sum. */
    static final int LINES = 3;

    /** How many kinds are told apart at a time. */
    static final int MAX_KINDS = 100;

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int MAX_MESSAGE = 300;
    private static final Kind OTHER_KINDS = new Kind("tasks of other names", "or with other failures");

    private final String session;

    /** The kinds of failures since the last sum, and those before that go on; guarded by this. */
    private final Map<Kind, Count> kinds = new LinkedHashMap<>();

    /** How many tasks became NotReady since the last sum; guarded by this. */
    private long notReady;

    private boolean scheduled; // guarded by this
    private boolean closed; // guarded by this

    /** Sums up; null before the first failure. Guarded by this. */
    private @Nullable Timer timer;

    /**
     * A kind of failures, which are alike.
     *
     * @param tasks whose failures they are
     * @param end the way they end
     */
    private record Kind(String tasks, String end) {
        static Kind of(SessionTask task, StateType type, Failure failure) {
            String tasks = task.name().map(name -> "task '" + name + "'").orElse("tasks without a name");
            return new Kind(tasks, type + (failure.type().isEmpty() ? "" : " with " + failure.type()));
        }
    }

    private static final class Count {
        int lines;
        long more;
    }

    FailureLog(String session) {
        this.session = session;
    }

    @Override
    public void ended(SessionTask task, StateType type, long nanos) {
        if (type == StateType.COMPLETED || type == StateType.CANCELLED || task.isCached()) {
            return;
        }
        if (type == StateType.NOT_READY) {
            countNotReady();
            return;
        }
        Failure failure = task.failure().orElseGet(() -> Failure.ofText("", "", ""));
        if (isToBeLogged(Kind.of(task, type, failure))) {
            LOG.warn(line(task, type, failure));
        }
    }

    private synchronized void countNotReady() {
        notReady++;
        schedule();
    }

    private synchronized boolean isToBeLogged(Kind kind) {
        schedule();
        Kind counted = kinds.size() < MAX_KINDS || kinds.containsKey(kind) ? kind : OTHER_KINDS;
        Count count = kinds.computeIfAbsent(counted, any -> new Count());
        if (count.lines < LINES) {
            count.lines++;
            return true;
        }
        count.more++;
        return false;
    }

    private void schedule() {
        if (scheduled || closed) {
            return;
        }
        if (timer == null) {
            timer = new Timer(session + "-failures");
        }
        scheduled = true;
        Runnable unusedCancel = timer.after(INTERVAL, this::sumUp);
    }

    private String line(SessionTask task, StateType type, Failure failure) {
        ExecutionInfo info = task.executionInfo();
        StringBuilder line = new StringBuilder(session).append(": ");
        task.flowRun().ifPresent(run -> line.append("flow run ").append(run).append(" "));
        task.name().ifPresent(name -> line.append("task '").append(name).append("' "));
        line.append("key '").append(task.key()).append("' ").append(type);
        line.append(info.attempt() == 0 ? " before it ran" : " in attempt " + info.attempt());
        if (!info.node().isEmpty()) {
            line.append(" on node ").append(info.node());
        }
        return line.append(": ").append(inShort(failure)).toString();
    }

    private static String inShort(Failure failure) {
        String text = failure.type().isEmpty() ? failure.message() : failure.toString();
        boolean isLong = text.length() > MAX_MESSAGE;
        return PlainText.inOneLine(isLong ? text.substring(0, MAX_MESSAGE) : text) + (isLong ? "..." : "");
    }

    /** Logs how many failures there were that have no lines of their own, and begins anew. */
    void sumUp() {
        takeSums().forEach(LOG::warn);
    }

    private synchronized List<String> takeSums() {
        scheduled = false;
        List<String> lines = new ArrayList<>();
        for (Iterator<Map.Entry<Kind, Count>> all = kinds.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Kind, Count> kind = all.next();
            Count count = kind.getValue();
            if (count.more == 0) {
                all.remove(); // the next failure of the kind has a line again
            } else {
                lines.add(session + ": " + count.more + " more: "
                        + kind.getKey().tasks() + " " + kind.getKey().end());
                count.more = 0;
            }
        }
        if (notReady > 0) {
            lines.add(session + ": " + notReady + " tasks did not run, as an upstream did not complete");
            notReady = 0;
        }
        if (!kinds.isEmpty()) {
            schedule();
        }
        return lines;
    }

    @Override
    public void closed() {
        synchronized (this) {
            closed = true;
            if (timer != null) {
                requireNonNull(timer).close();
            }
        }
        sumUp();
    }
}
