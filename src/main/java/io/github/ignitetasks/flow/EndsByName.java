package io.github.ignitetasks.flow;

import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsLast;
import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The numbers of ended tasks by name and state, in the order in which the names came. Safe to share between threads. */
final class EndsByName {
    private static final int NAMES_SHOWN = 8;
    private static final int NAME_LENGTH = 60;

    private final Map<String, SortedMap<End, Integer>> byName = new LinkedHashMap<>(); // guarded by this

    /**
     * A way to end.
     *
     * @param type the type of the state; null if the state was released
     * @param name the name of the state
     */
    private record End(@Nullable StateType type, String name) implements Comparable<End> {
        private static final Comparator<End> ORDER = comparing(
                        End::type, nullsLast(Comparator.<StateType>naturalOrder()))
                .thenComparing(End::name);

        @Override
        public int compareTo(End other) {
            return ORDER.compare(this, other);
        }
    }

    /** Counts a task that ended in this state. */
    void add(String taskName, State<?> state) {
        add(taskName, new End(state.type(), state.name()), 1);
    }

    /** Counts a task whose state was released. */
    void addReleased(String taskName) {
        add(taskName, new End(null, "released"), 1);
    }

    private synchronized void add(String taskName, End end, int number) {
        byName.computeIfAbsent(taskName, any -> new TreeMap<>()).merge(end, number, Integer::sum);
    }

    /** Counts all that another object has counted. */
    void addAll(EndsByName others) {
        others.copy().forEach((taskName, ends) -> ends.forEach((end, number) -> add(taskName, end, number)));
    }

    private synchronized Map<String, SortedMap<End, Integer>> copy() {
        Map<String, SortedMap<End, Integer>> copy = new LinkedHashMap<>();
        byName.forEach((taskName, ends) -> copy.put(taskName, new TreeMap<>(ends)));
        return copy;
    }

    /** Returns the numbers as text, such as {@code fetch 9 Completed 1 Failed, sum 1 Completed}. */
    @Override
    public synchronized String toString() {
        if (byName.isEmpty()) {
            return "no tasks";
        }
        String shown = byName.entrySet().stream()
                .limit(NAMES_SHOWN)
                .map(task -> shortened(task.getKey()) + ends(task.getValue()))
                .collect(joining(", "));
        int more = byName.size() - NAMES_SHOWN;
        return more <= 0 ? shown : shown + ", and " + more + (more == 1 ? " more name" : " more names");
    }

    private static String ends(SortedMap<End, Integer> ends) {
        return ends.entrySet().stream()
                .map(end -> " " + end.getValue() + " " + end.getKey().name())
                .collect(joining());
    }

    private static String shortened(String name) {
        return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH) + "\u2026";
    }
}
