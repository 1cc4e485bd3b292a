package io.github.ignitetasks.observe;

import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionObserver;
import io.github.ignitetasks.internal.events.TaskEvents;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The listener that shows the progress of sessions. If a session has several, the last one shows it: that of the flow comes
 * after that of its runner.
 *
 * @param mode how it shows it
 * @param isStandard whether it yields to each other listener of this kind
 */
record ProgressObserver(ProgressMode mode, boolean isStandard) implements SessionObserver {
    /** The displays of the open sessions that have a progress line. */
    private static final ConcurrentMap<ObservedSession, TaskEvents> SHOWN = new ConcurrentHashMap<>();

    @Override
    public TaskEvents observe(ObservedSession session) {
        if (isStandard && SHOWN.containsKey(session)) {
            return new TaskEvents() {};
        }
        TaskEvents before = SHOWN.remove(session);
        if (before != null) {
            before.closed();
        }
        TaskEvents shown = switch (mode) {
            case AUTO -> Terminal.ofThisProcess().canRedraw() ? bar(session) : log(session);
            case BAR -> bar(session);
            case LOG -> log(session);
            case OFF -> new TaskEvents() {};
        };
        SHOWN.put(session, shown);
        return new TaskEvents() {
            @Override
            public void closed() {
                if (SHOWN.remove(session, shown)) {
                    shown.closed();
                }
            }
        };
    }

    private static TaskEvents bar(ObservedSession session) {
        return SessionWatch.start(session, BarDisplay.ofThisProcess());
    }

    private static TaskEvents log(ObservedSession session) {
        return SessionWatch.start(session, new LogDisplay(session.name()));
    }
}
