package io.github.ignitetasks.internal.metrics;

import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.internal.events.TaskLabel;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The meters that the open sessions of one {@link MeterGroup} share. The tasks of all names after the first {@value
 * #MAX_NAMES} have the meters of one more name. The registry tells which names the sessions before had. Safe to share
 * between threads.
 */
final class SharedMeters {
    static final int MAX_NAMES = 100;

    /** The meters of the groups that have an open session. */
    private static final ConcurrentMap<MeterGroup, SharedMeters> LIVE = new ConcurrentHashMap<>();

    private final MeterGroup group;
    private final Gauges gauges;
    private final List<CachedSnapshot> sessions = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, TaskMeters> byName = new ConcurrentHashMap<>();

    private final AtomicBoolean began = new AtomicBoolean();

    /** The names that have meters of their own; grows under the lock of this. */
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    private SharedMeters(MeterGroup group) {
        this.group = group;
        this.gauges = new Gauges(group);
        for (Counter counter :
                group.registry().find(TaskMeters.SUBMITTED).tags(group.tags()).counters()) {
            String name = counter.getId().getTag(TaskMeters.TASK);
            if (name != null && !name.equals(TaskCounts.OTHERS) && names.size() < MAX_NAMES) {
                names.add(name);
            }
        }
    }

    /** Adds a session to a group. Call {@link #begin} next. The registry is read outside of the lock of the groups. */
    static SharedMeters join(MeterGroup group, CachedSnapshot session) {
        while (true) {
            SharedMeters known = LIVE.computeIfPresent(group, (any, live) -> {
                live.sessions.add(session);
                return live;
            });
            if (known != null) {
                return known;
            }
            SharedMeters first = new SharedMeters(group);
            first.sessions.add(session);
            if (LIVE.putIfAbsent(group, first) == null) {
                return first;
            }
        }
    }

    /** Returns the meters of a group's open sessions; null if there is none. */
    static @Nullable SharedMeters live(MeterGroup group) {
        return LIVE.get(group);
    }

    /** Registers the gauges of nodes for the first session. */
    void begin() {
        if (began.compareAndSet(false, true)) {
            gauges.register();
        }
    }

    private void registerAgain() {
        gauges.register();
        byName.keySet().forEach(gauges::register);
    }

    /**
     * Removes a session, and with the last one the gauges. If a session of the same group began meanwhile, it may have
     * found gauges registered that this method removes, so they are registered again.
     */
    void leave(CachedSnapshot session) {
        SharedMeters rest = LIVE.computeIfPresent(group, (any, live) -> {
            live.sessions.remove(session);
            return live.sessions.isEmpty() ? null : live;
        });
        if (rest != null) {
            return;
        }
        gauges.remove();
        SharedMeters next = live(group);
        if (next != null) {
            next.registerAgain();
        }
    }

    /** Returns the open sessions. */
    List<CachedSnapshot> sessions() {
        return sessions;
    }

    /** Returns whether a name has meters of its own. */
    boolean isNamed(String name) {
        return names.contains(name);
    }

    /** Returns the meters of a task. */
    TaskMeters of(TaskLabel task) {
        String name = task.nameOr(TaskCounts.UNNAMED);
        TaskMeters known = byName.get(name);
        return known == null ? add(admits(name) ? name : TaskCounts.OTHERS) : known;
    }

    /** Returns the meters of a name, which may be new. The registry gives equal meters to threads that race. */
    private TaskMeters add(String name) {
        TaskMeters known = byName.get(name);
        if (known != null) {
            return known;
        }
        TaskMeters meters = new TaskMeters(group.registry(), group.tags(), name);
        if (byName.putIfAbsent(name, meters) == null) {
            gauges.register(name);
        }
        return meters;
    }

    private boolean admits(String name) {
        if (names.contains(name)) {
            return true;
        }
        if (names.size() >= MAX_NAMES) {
            return false; // without a lock, because most events may come here
        }
        synchronized (this) {
            return names.contains(name) || (names.size() < MAX_NAMES && names.add(name));
        }
    }
}
