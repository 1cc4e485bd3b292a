package io.github.ignitetasks.internal.metrics;

import io.github.ignitetasks.StateType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The counters and timers of the tasks of one name. They are looked up in the registry once, because events are
 * frequent. Safe to share between threads.
 */
final class TaskMeters {
    /** The key of the tag that has the name of the tasks. */
    static final String TASK = "task";

    /** The key of the tag that has the type of the final state. */
    static final String STATE = "state";

    /** The key of the tag that tells in which way a submission needed no run. */
    static final String KIND = "kind";

    static final String SUBMITTED = "ignite.tasks.submitted";
    private static final String RETRIES = "ignite.tasks.retries";
    private static final String DEDUPLICATED = "ignite.tasks.deduplicated";
    private static final String WAIT = "ignite.tasks.wait";
    private static final String EXECUTION = "ignite.tasks.execution";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Counter submitted;
    private final Counter retries;
    private final Counter joined;
    private final Counter found;

    /** The timers by state; only the timers in it change. */
    private final Map<StateType, StateTimers> timers = new EnumMap<>(StateType.class);

    /** Makes the meters of a name. */
    TaskMeters(MeterRegistry registry, Tags common, String name) {
        this.registry = registry;
        this.tags = common.and(TASK, name);
        this.submitted = Counter.builder(SUBMITTED)
                .description("Tasks that sessions accepted")
                .tags(tags)
                .register(registry);
        this.retries = Counter.builder(RETRIES)
                .description("Attempts that followed a failed one")
                .tags(tags)
                .register(registry);
        this.joined = deduplicated("joined");
        this.found = deduplicated("found");
        for (StateType type : StateType.values()) {
            timers.put(type, new StateTimers(type));
        }
    }

    private Counter deduplicated(String kind) {
        return Counter.builder(DEDUPLICATED)
                .description("Submissions that needed no run, because their key had one")
                .tags(tags.and(KIND, kind))
                .register(registry);
    }

    void onSubmitted() {
        submitted.increment();
    }

    void onJoined() {
        joined.increment();
    }

    void onFound() {
        found.increment();
    }

    /**
     * Notes the end of a task that was not found.
     *
     * @param attempt the number of the last attempt; 0 if none started
     * @param elapsed the nanoseconds since the session accepted the task
     * @param ran the nanoseconds of the last attempt
     */
    void onEnded(StateType type, int attempt, long elapsed, long ran) {
        StateTimers both = timers.get(type);
        if (both == null) { // never: the map has all types
            return;
        }
        both.waited().record(Math.max(0, elapsed - ran), TimeUnit.NANOSECONDS);
        if (attempt > 0) {
            both.executed().record(ran, TimeUnit.NANOSECONDS);
        }
        if (attempt > 1) {
            retries.increment(attempt - 1.0);
        }
    }

    /** The timers of the tasks that end in one state, which exist once a task does. */
    private final class StateTimers {
        private final StateType type;
        private volatile @Nullable Timer wait;
        private volatile @Nullable Timer execution;

        StateTimers(StateType type) {
            this.type = type;
        }

        Timer waited() {
            Timer known = wait;
            if (known == null) {
                known = timer(WAIT, "Time of ended tasks outside of their last attempt");
                wait = known;
            }
            return known;
        }

        Timer executed() {
            Timer known = execution;
            if (known == null) {
                known = timer(EXECUTION, "Time of the last attempts of ended tasks");
                execution = known;
            }
            return known;
        }

        /** Returns the registry's timer; it is the same for threads that ask at the same time. */
        private Timer timer(String name, String description) {
            return Timer.builder(name)
                    .description(description)
                    .tags(tags.and(STATE, type.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                    .register(registry);
        }
    }
}
