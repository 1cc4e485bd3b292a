package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.internal.events.TaskLabel;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Numbers for the names of tasks, as the session's counts tell names apart. Safe to share between threads. */
final class TaskNames {
    /** More than the names that the counts have. */
    static final int MAX_NAMES = 256;

    private final TaskCounts counts;
    private final ConcurrentMap<String, Integer> numbers = new ConcurrentHashMap<>();
    private final List<String> names = new CopyOnWriteArrayList<>();

    TaskNames(TaskCounts counts) {
        this.counts = counts;
    }

    /** Returns the number of a task's name. */
    int numberOf(TaskLabel task) {
        String name = counts.countedName(task);
        Integer known = numbers.get(name);
        return known == null ? add(name) : known;
    }

    private synchronized int add(String name) {
        return numbers.computeIfAbsent(name, added -> {
            names.add(added);
            return names.size() - 1;
        });
    }

    /** Returns the name with a number. */
    String name(int number) {
        return names.get(number);
    }

    /** Returns how many names have numbers. */
    int size() {
        return names.size();
    }
}
