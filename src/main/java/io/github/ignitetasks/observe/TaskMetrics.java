package io.github.ignitetasks.observe;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.internal.metrics.MetricsObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;

/**
 * Listeners that keep the metrics of sessions in a Micrometer registry. All meters have names that begin with {@code
 * ignite.tasks}, such as the timer {@code ignite.tasks.execution}. The page {@code docs/metrics.md} lists them.
 *
 * <pre>{@code
 * import io.micrometer.core.instrument.Metrics;
 *
 * TaskRunner runner = ThreadPoolTaskRunner.create().withListener(TaskMetrics.to(Metrics.globalRegistry));
 * }</pre>
 *
 * <p>Give it to a runner or to a flow, but not to both: the tasks of the flow would count twice.
 *
 * <p>Sessions whose listeners have the same registry and tags share their meters. Counters and timers add up over all of
 * these sessions, and stay in the registry. Gauges tell of the open sessions, and the registry loses them when the last
 * session closes.
 *
 * <p>A gauge never blocks: its value is of the latest snapshot of a session and its nodes, or {@code NaN} before the
 * first one. While gauges are read, each session takes a snapshot at most every 10 seconds, in the background.
 *
 * <p>The registry and its filters must not block: the threads of tasks call them. If they throw, no task fails, and the
 * log warns once for each session.
 *
 * <p>This class needs {@code io.micrometer:micrometer-core} on the class path. The library needs it for nothing else.
 * Safe to share between threads.
 */
public final class TaskMetrics {
    private TaskMetrics() {}

    /** Returns a listener that keeps the metrics of its sessions in a registry. */
    public static TaskListener to(MeterRegistry registry) {
        return to(registry, Tags.empty());
    }

    /**
     * Returns a listener that keeps the metrics of its sessions in a registry, with more tags. They tell the sessions of
     * several runners apart. They must have other keys than {@code task}, {@code state} and {@code kind}.
     *
     * @throws IllegalArgumentException if a tag has one of those keys
     */
    public static TaskListener to(MeterRegistry registry, Iterable<Tag> tags) {
        requireNonNull(registry, "registry");
        return MetricsObserver.of(registry, Tags.of(requireNonNull(tags, "tags")));
    }
}
