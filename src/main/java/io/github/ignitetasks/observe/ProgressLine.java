package io.github.ignitetasks.observe;

import io.github.ignitetasks.TaskListener;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line that shows how far the tasks of a session are: how many have ended, how many run and have failed, how many end
 * per second, and the time that is left.
 *
 * <pre>{@code
 * TaskRunner runner = IgniteTaskRunner.create().withListener(ProgressLine.auto());
 * }</pre>
 *
 * <ul>
 *   <li>The <b>bar</b> is one line on standard error, redrawn 5 times a second and removed at the end. Several sessions
 *       share it, and it shows their sum. If the program prints meanwhile, its text begins on a line of its own.
 *   <li>The <b>log</b> gets a line each time that 10 seconds have passed and 10 % more of the tasks have ended, and at
 *       least once a minute while tasks are pending. A short run has none.
 *   <li><b>Auto</b> is the bar if standard error is a terminal, and the log elsewhere. It is the log as well if the
 *       variable {@code CI} is set, or if {@code TERM} is unset or {@code dumb}.
 * </ul>
 *
 * <p>The number of tasks grows while they are submitted. So the line tells the time left only after nothing was submitted
 * for 2 seconds and some tasks have ended.
 *
 * <p>If a flow and its runner have a progress line, that of the flow counts. If neither has one, the flow has the line of
 * {@link #standard()}. A session that shows
 * progress has a thread of its own. The line delays no task. Immutable, safe to share between threads.
 */
public final class ProgressLine {
    /** The system property with the mode of {@link #standard()}. */
    static final String PROPERTY = "ignitetasks.progress";

    /** The environment variable with the mode of {@link #standard()}; the property comes first. */
    static final String VARIABLE = "IGNITE_TASKS_PROGRESS";

    private static final Logger LOG = LoggerFactory.getLogger(ProgressLine.class);

    /** The wrong settings that were logged. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private ProgressLine() {}

    /** Returns a progress line that is a bar on a terminal, and lines of the log elsewhere. */
    public static TaskListener auto() {
        return new ProgressObserver(ProgressMode.AUTO, false);
    }

    /** Returns a progress line that is a bar, also if standard error does not look like a terminal. */
    public static TaskListener bar() {
        return new ProgressObserver(ProgressMode.BAR, false);
    }

    /** Returns a progress line that is lines of the log, also on a terminal. */
    public static TaskListener log() {
        return new ProgressObserver(ProgressMode.LOG, false);
    }

    /** Returns a progress line that shows nothing, for a flow that shall not have the standard one. */
    public static TaskListener off() {
        return new ProgressObserver(ProgressMode.OFF, false);
    }

    /**
     * Returns the progress line that flows have by default. Its mode is the system property {@code ignitetasks.progress}
     * or else the environment variable {@code IGNITE_TASKS_PROGRESS}: {@code auto}, {@code bar}, {@code log} or {@code
     * off}. The default is {@code auto}. It logs a warning if there is another value, and takes the default.
     *
     * <p>It shows nothing of a session that has another progress line already.
     */
    public static TaskListener standard() {
        return new ProgressObserver(mode(System.getProperty(PROPERTY, ""), System.getenv()), true);
    }

    /** Returns the mode of the standard line. */
    static ProgressMode mode(String property, Map<String, String> environment) {
        boolean isProperty = !property.isEmpty();
        String value = isProperty ? property : environment.getOrDefault(VARIABLE, "");
        Optional<ProgressMode> mode = value.isEmpty() ? Optional.of(ProgressMode.AUTO) : ProgressMode.of(value);
        if (mode.isEmpty() && WARNED.add(value)) {
            LOG.warn(
                    "{} is '{}', which is no mode; set it to {}, or leave it out for auto",
                    isProperty ? "system property " + PROPERTY : "environment variable " + VARIABLE,
                    value,
                    ProgressMode.VALUES);
        }
        return mode.orElse(ProgressMode.AUTO);
    }
}
