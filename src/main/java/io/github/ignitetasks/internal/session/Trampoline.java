package io.github.ignitetasks.internal.session;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A queue for each thread that runs follow-up actions one after another, so that a long chain needs no deep stack. */
public final class Trampoline {
    private static final ThreadLocal<@Nullable Deque<Runnable>> FOLLOWING = new ThreadLocal<>();

    private Trampoline() {}

    /** Runs an action, and the actions that it causes, before the outermost call on this thread returns. */
    public static void run(Runnable action) {
        Deque<Runnable> following = FOLLOWING.get();
        if (following == null) {
            runApart(action);
        } else {
            following.add(action);
        }
    }

    /**
     * Runs an action, and the actions that it causes, before this call returns. User code of a task needs this: the
     * outer calls on its thread may not return before that code does.
     */
    static void runApart(Runnable action) {
        Deque<Runnable> outer = FOLLOWING.get();
        Deque<Runnable> following = new ArrayDeque<>();
        FOLLOWING.set(following);
        try {
            for (Runnable next = action; next != null; next = following.poll()) {
                next.run();
            }
        } finally {
            if (outer == null) {
                FOLLOWING.remove();
            } else {
                FOLLOWING.set(outer);
            }
        }
    }
}
