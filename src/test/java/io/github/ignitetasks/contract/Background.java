package io.github.ignitetasks.contract;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Runs code on threads beside that of the test. */
final class Background {
    private Background() {}

    /** Runs an action on a new thread. The test does not wait for it. */
    static void run(Runnable action) {
        start(new FutureTask<@Nullable Void>(action, null));
    }

    /** Runs code on a new thread, and returns its pending result and the thread. The test waits for the result. */
    static <T extends @Nullable Object> Running<T> call(Callable<T> code) {
        FutureTask<T> result = new FutureTask<>(code);
        return new Running<>(result, start(result));
    }

    private static Thread start(Runnable action) {
        Thread thread = new Thread(action, "background");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Code that runs on its own thread.
     *
     * @param result the pending result of the code
     * @param thread the thread that runs the code
     */
    record Running<T extends @Nullable Object>(FutureTask<T> result, Thread thread) {}
}
