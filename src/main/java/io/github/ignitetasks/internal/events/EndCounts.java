package io.github.ignitetasks.internal.events;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.StateType;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * The counts of a session's ended tasks, by the way they ended, for its closing line. Given results are no tasks. Safe to
 * share between threads.
 */
public final class EndCounts implements TaskEvents {
    /** The counts of the ended tasks that were not released; only the adders change. */
    private final Map<StateType, LongAdder> kept = new EnumMap<>(StateType.class);

    private final LongAdder released = new LongAdder();

    /** Makes counts of no task. */
    public EndCounts() {
        for (StateType type : StateType.values()) {
            kept.put(type, new LongAdder());
        }
    }

    @Override
    public void ended(SessionTask task, StateType type, long nanos) {
        if (!task.isGiven()) {
            add(type, 1);
        }
    }

    @Override
    public void released(String key, StateType type) {
        add(type, -1);
        released.increment();
    }

    private void add(StateType type, long more) {
        LongAdder count = kept.get(type);
        if (count != null) { // always: the map has all types
            count.add(more);
        }
    }

    /** Returns the counts as text, such as {@code 3 Completed, 1 Failed, 2 released}. */
    @Override
    public String toString() {
        Stream<String> left = kept.entrySet().stream()
                .filter(count -> count.getValue().sum() > 0)
                .map(count -> count.getValue() + " " + count.getKey());
        Stream<String> gone = Stream.of(released + " released").filter(any -> released.sum() > 0);
        String text = Stream.concat(left, gone).collect(joining(", "));
        return text.isEmpty() ? "no tasks" : text;
    }
}
