package io.github.ignitetasks.internal.metrics;

import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionObserver;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Set;

/**
 * An observer that keeps the metrics of sessions in a registry.
 *
 * @param registry has the meters
 * @param tags are on each meter
 * @param maxAge the age at which a reader has the next snapshot of a session taken
 */
public record MetricsObserver(MeterRegistry registry, Tags tags, Duration maxAge) implements SessionObserver {
    private static final Duration MAX_AGE = Duration.ofSeconds(10);
    private static final Set<String> OWN_TAGS = Set.of(TaskMeters.TASK, TaskMeters.STATE, TaskMeters.KIND);

    /** Checks the tags. */
    public MetricsObserver {
        for (Tag tag : tags) {
            if (OWN_TAGS.contains(tag.getKey())) {
                throw new IllegalArgumentException("tags must not have the key '" + tag.getKey()
                        + "', which the library's own tag has; use another key");
            }
        }
    }

    /** Returns an observer that takes a snapshot of a session at most every 10 seconds. */
    public static MetricsObserver of(MeterRegistry registry, Tags tags) {
        return new MetricsObserver(registry, tags, MAX_AGE);
    }

    @Override
    public TaskEvents observe(ObservedSession session) {
        return new SessionMeters(new MeterGroup(registry, tags), new CachedSnapshot(session, maxAge));
    }
}
