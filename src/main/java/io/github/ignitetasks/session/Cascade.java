package io.github.ignitetasks.session;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Runs what follows from an end after it instead of inside it, so that a chain of any length needs no deep stack. */
final class Cascade {
    private static final ThreadLocal<@Nullable Deque<Runnable>> FOLLOWING = new ThreadLocal<>();

    private Cascade() {}

    /** Runs an action, and what it causes to be run, before the outermost call on this thread returns. */
    static void run(Runnable action) {
        Deque<Runnable> following = FOLLOWING.get();
        if (following != null) {
            following.add(action);
            return;
        }
        following = new ArrayDeque<>();
        FOLLOWING.set(following);
        try {
            for (Runnable next = action; next != null; next = following.poll()) {
                next.run();
            }
        } finally {
            FOLLOWING.remove();
        }
    }
}
