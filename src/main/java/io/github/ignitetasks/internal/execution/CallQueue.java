package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.Requirements;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The queue that decides which of the waiting calls goes next: one of the highest priority, and of these the one that
 * has waited longest. Every eighth time it is the one that has waited longest of all, so that none waits for ever
 * behind others of a higher priority. A call whose requirements are not met is passed over.
 *
 * <p>It is not safe to share between threads; its owner guards it.
 *
 * @param <C> the type of the calls
 */
public final class CallQueue<C> {
    /** How many calls go for each one that goes because it has waited longest. */
    private static final int TURNS = 8;

    private final ToIntFunction<? super C> priority;
    private final Function<? super C, Requirements> requirements;

    /** The calls of each priority, by their requirements. */
    private final NavigableMap<Integer, Map<Requirements, NumberedDeque<C>>> lanes =
            new TreeMap<>(Collections.reverseOrder());

    private int size;
    private int turn;
    private long latest;
    private long earliest;

    /**
     * Makes an empty queue.
     *
     * @param priority returns the priority of a call, which stays the same
     * @param requirements returns what a call needs to start, which stays the same
     */
    public CallQueue(ToIntFunction<? super C> priority, Function<? super C, Requirements> requirements) {
        this.priority = priority;
        this.requirements = requirements;
    }

    /** Adds a call that has just come. */
    public void add(C call) {
        lane(call).addLast(call, ++latest);
        size++;
    }

    /** Adds a call that had its turn before and came back; it goes before the calls that it was ahead of. */
    public void addFirst(C call) {
        lane(call).addFirst(call, --earliest);
        size++;
    }

    private NumberedDeque<C> lane(C call) {
        return lanes.computeIfAbsent(priority.applyAsInt(call), level -> new HashMap<>())
                .computeIfAbsent(requirements.apply(call), needed -> new NumberedDeque<>());
    }

    /** Takes the call that goes next, whatever it needs; null if none waits. */
    public @Nullable C poll() {
        return poll(needed -> true);
    }

    /**
     * Takes the call that goes next and may start; null if there is none.
     *
     * @param mayStart returns whether a call with these requirements may start now; if so, that call is taken
     */
    public @Nullable C poll(Predicate<Requirements> mayStart) {
        if (size == 0) {
            return null;
        }
        if (lanes.size() > 1 && ++turn >= TURNS) {
            turn = 0;
            return pollOldest(mayStart);
        }
        for (Map.Entry<Integer, Map<Requirements, NumberedDeque<C>>> level : lanes.entrySet()) {
            C next = poll(level, mayStart);
            if (next != null) {
                return next;
            }
        }
        return null;
    }

    private @Nullable C poll(
            Map.Entry<Integer, Map<Requirements, NumberedDeque<C>>> level, Predicate<Requirements> mayStart) {
        Map<Requirements, NumberedDeque<C>> byNeed = level.getValue();
        if (byNeed.size() == 1) {
            Requirements needed = byNeed.keySet().iterator().next();
            return mayStart.test(needed) ? take(level.getKey(), needed) : null;
        }
        List<Lane> waiting = new ArrayList<>(byNeed.size());
        addLanes(level.getKey(), byNeed, waiting);
        return pollFirst(waiting, mayStart);
    }

    private @Nullable C pollOldest(Predicate<Requirements> mayStart) {
        List<Lane> waiting = new ArrayList<>();
        lanes.forEach((level, byNeed) -> addLanes(level, byNeed, waiting));
        return pollFirst(waiting, mayStart);
    }

    private static <C> void addLanes(int level, Map<Requirements, NumberedDeque<C>> byNeed, List<Lane> waiting) {
        byNeed.forEach((needed, calls) -> waiting.add(new Lane(level, needed, calls.firstNumber())));
    }

    private @Nullable C pollFirst(List<Lane> waiting, Predicate<Requirements> mayStart) {
        waiting.sort(Comparator.comparingLong(Lane::number));
        for (Lane lane : waiting) {
            if (mayStart.test(lane.needed())) {
                return take(lane.level(), lane.needed());
            }
        }
        return null;
    }

    /** The calls of one priority with the same requirements, and the number of the first of them. */
    private record Lane(int level, Requirements needed, long number) {}

    private @Nullable C take(int level, Requirements needed) {
        Map<Requirements, NumberedDeque<C>> byNeed = lanes.get(level);
        NumberedDeque<C> calls = byNeed == null ? null : byNeed.get(needed);
        if (byNeed == null || calls == null) {
            return null;
        }
        C next = calls.removeFirst();
        size--;
        if (calls.isEmpty()) {
            byNeed.remove(needed);
        }
        if (byNeed.isEmpty()) {
            lanes.remove(level);
        }
        return next;
    }

    /** Takes all calls, in the order of {@link #all}. */
    public List<C> takeAll() {
        List<C> all = all();
        lanes.clear();
        size = 0;
        return all;
    }

    /** Returns a copy of all calls, those of a higher priority first, then those that have waited longer. */
    public List<C> all() {
        List<C> all = new ArrayList<>(size);
        for (Map<Requirements, NumberedDeque<C>> byNeed : lanes.values()) {
            byNeed.values().stream()
                    .flatMap(calls -> calls.all().stream())
                    .sorted(Comparator.comparingLong(NumberedDeque.Numbered::number))
                    .forEach(waiting -> all.add(waiting.element()));
        }
        return all;
    }

    /** Returns the different requirements of the calls. */
    public List<Requirements> requirements() {
        return lanes.values().stream()
                .flatMap(byNeed -> byNeed.keySet().stream())
                .distinct()
                .toList();
    }

    /** Returns whether no call waits. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Returns how many calls wait. */
    public int size() {
        return size;
    }
}
