package io.github.ignitetasks.support;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionObserver;
import io.github.ignitetasks.internal.events.TaskEvents;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A listener that keeps the latest session that it observes. Safe to share between threads. */
public final class ObservingListener implements SessionObserver {
    private final AtomicReference<ObservedSession> observed = new AtomicReference<>();

    @Override
    public TaskEvents observe(ObservedSession session) {
        observed.set(session);
        return new TaskEvents() {};
    }

    /** Returns the session. */
    public ObservedSession session() {
        return requireNonNull(observed.get(), "no session was observed");
    }

    /** Returns the started call of a key, if a node reports it now. */
    public Optional<ActiveCall> call(String key) {
        return session().snapshot().nodes().stream()
                .flatMap(node -> node.calls().stream())
                .filter(call -> call.key().equals(key))
                .findFirst();
    }
}
