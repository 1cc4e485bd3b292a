package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.StateType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of the tasks of a session or a node by their names. They are exact at any rate of events, once these have passed. The
 * tasks of all names after the first {@value #MAX_NAMES} count under one. Safe to share between threads.
 */
public final class TaskCounts implements TaskEvents {
    /** The name for tasks without a name. */
    public static final String UNNAMED = "(unnamed)";

    /** The name for the tasks of further names. */
    public static final String OTHERS = "(others)";

    /** How many names are told apart. */
    public static final int MAX_NAMES = 200;

    private final ConcurrentMap<String, Adders> byName = new ConcurrentHashMap<>();

    /**
     * The counts of the tasks of one name.
     *
     * @param submitted how many the session accepted, or the node received
     * @param running how many have started and not ended; 0 for a session of a grid, which does not tell starts
     * @param ended the number of ended tasks by the type of their state; types without a task are left out
     * @param cached how many of those that ended were found
     * @param retries how many attempts followed another, of the tasks that ended and were not found
     */
    public record Counts(long submitted, long running, Map<StateType, Long> ended, long cached, long retries) {
        @Override
        public String toString() {
            List<String> parts = new ArrayList<>();
            parts.add(submitted + " submitted");
            ended.forEach((type, number) -> parts.add(number + " " + type));
            addIfAny(parts, running, "running");
            addIfAny(parts, cached, "cached");
            addIfAny(parts, retries, "retries");
            return String.join(", ", parts);
        }

        /** Returns how many have not ended. */
        public long pending() {
            return Math.max(0, submitted - total(ended));
        }

        private static long total(Map<StateType, Long> ended) {
            return ended.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Returns these counts of a node, with those of its calls that have not ended. */
        public Counts withPending(long pending, long started) {
            return new Counts(pending + total(ended), started, ended, cached, retries);
        }

        private static void addIfAny(List<String> parts, long number, String what) {
            if (number != 0) {
                parts.add(number + " " + what);
            }
        }
    }

    private static final class Adders {
        final LongAdder submitted = new LongAdder();
        final LongAdder running = new LongAdder();
        final LongAdder waiting = new LongAdder();
        final LongAdder cached = new LongAdder();
        final LongAdder retries = new LongAdder();

        /** The counts of ended tasks; only the adders change. */
        private final Map<StateType, LongAdder> ended = new EnumMap<>(StateType.class);

        Adders() {
            for (StateType type : StateType.values()) {
                ended.put(type, new LongAdder());
            }
        }

        void onEnded(StateType type) {
            add(type, 1);
        }

        void add(StateType type, int number) {
            LongAdder count = ended.get(type);
            if (count != null) { // always: the map has all types
                count.add(number);
            }
        }

        Counts sums() {
            Map<StateType, Long> ends = new EnumMap<>(StateType.class);
            ended.forEach((type, count) -> {
                if (count.sum() > 0) {
                    ends.put(type, count.sum());
                }
            });
            return new Counts(submitted.sum(), Math.max(0, running.sum()), ends, cached.sum(), retries.sum());
        }
    }

    /** Returns the counts by name, sorted by name. */
    public Map<String, Counts> byName() {
        Map<String, Counts> sums = new TreeMap<>();
        byName.forEach((name, adders) -> sums.put(name, adders.sums()));
        return sums;
    }

    /** Counts a submitted task that begins or ceases to wait for its upstreams. */
    public void waits(TaskLabel task, boolean begins) {
        of(task).waiting.add(begins ? 1 : -1);
    }

    /** Returns how many tasks of a name wait for their upstreams. */
    public long waiting(String name) {
        Adders adders = byName.get(name);
        return adders == null ? 0 : Math.max(0, adders.waiting.sum());
    }

    /** Returns the name under which a submitted task counts. */
    public String countedName(TaskLabel task) {
        String name = task.nameOr(UNNAMED);
        return byName.containsKey(name) ? name : OTHERS;
    }

    /** Returns the counts as text, such as {@code {fetch=3 submitted, 2 Completed, 1 running}}. */
    @Override
    public String toString() {
        return byName().toString();
    }

    @Override
    public void submitted(SessionTask task) {
        if (!task.isGiven()) {
            of(task).submitted.increment();
        }
    }

    @Override
    public void started(TaskLabel task, String node, int attempt) {
        if (attempt == 1) {
            of(task).running.increment();
        }
    }

    @Override
    public void ended(SessionTask task, StateType type, long nanos) {
        if (task.isGiven()) {
            return;
        }
        if (task.isCached()) {
            Adders adders = of(task);
            adders.onEnded(type);
            adders.cached.increment();
            return;
        }
        int attempt = task.attempt();
        executed(task, type, attempt);
        if (task.isStartTold()) { // also if the attempt found that the call must not run
            of(task).running.decrement();
        }
    }

    /** Counts a task that ended, and was not found, after so many attempts. */
    public void executed(TaskLabel task, StateType type, int attempts) {
        Adders adders = of(task);
        adders.onEnded(type);
        if (attempts > 1) {
            adders.retries.add(attempts - 1L);
        }
    }

    /** Takes back that a task ended in a state: its state could not be kept, and it ends in another one. */
    public void recant(TaskLabel task, StateType type) {
        of(task).add(type, -1);
    }

    /** Returns the counts for a task. The counts of a name never change, because no name is ever removed. */
    private Adders of(TaskLabel task) {
        String name = task.nameOr(UNNAMED);
        Adders known = byName.get(name);
        return known == null ? add(name) : known;
    }

    private synchronized Adders add(String name) {
        String counted = byName.size() < MAX_NAMES || byName.containsKey(name) ? name : OTHERS;
        return byName.computeIfAbsent(counted, any -> new Adders());
    }
}
