package io.github.ignitetasks.internal.worker;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An executor that runs actions in the order of their numbers, from 0, one at a time. If an action comes early, the
 * thread that brings the last one before it runs it. Safe to share between threads.
 */
final class SequentialExecutor {
    private final Map<Long, Runnable> early = new HashMap<>(); // guarded by this
    private long next; // guarded by this
    private boolean busy; // guarded by this

    /** Runs an action in its turn. */
    void run(long number, Runnable action) {
        synchronized (this) {
            early.put(number, action);
        }
        for (Runnable due = due(); due != null; due = due()) {
            try {
                due.run();
            } finally {
                end();
            }
        }
    }

    private synchronized @Nullable Runnable due() {
        Runnable due = busy ? null : early.remove(next);
        if (due != null) {
            busy = true;
            next++;
        }
        return due;
    }

    private synchronized void end() {
        busy = false;
    }
}
