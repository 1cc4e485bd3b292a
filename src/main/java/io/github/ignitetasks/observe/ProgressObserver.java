package io.github.ignitetasks.observe;

import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionObserver;
import io.github.ignitetasks.internal.events.TaskEvents;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The listener that shows the progress of sessions.
 *
 * @param mode how it shows it
 * @param isStandard whether it yields to another listener of this kind
 */
record ProgressObserver(ProgressMode mode, boolean isStandard) implements SessionObserver {
    /** The open sessions that have a progress line. */
    private static final Set<ObservedSession> TAKEN = ConcurrentHashMap.newKeySet();

    @Override
    public TaskEvents observe(ObservedSession session) {
        if (!TAKEN.add(session) && isStandard) {
            return new TaskEvents() {};
        }
        TaskEvents shown = switch (mode) {
            case AUTO -> Terminal.ofThisProcess().canRedraw() ? bar(session) : log(session);
            case BAR -> bar(session);
            case LOG -> log(session);
            case OFF -> new TaskEvents() {};
        };
        return new TaskEvents() {
            @Override
            public void closed() {
                TAKEN.remove(session);
                shown.closed();
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
