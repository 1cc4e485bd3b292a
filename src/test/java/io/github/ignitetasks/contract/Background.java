package io.github.ignitetasks.contract;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A thread beside that of a test. */
final class Background {
    private Background() {}

    /** Runs an action that the test does not wait for. */
    static void run(Runnable action) {
        start(new FutureTask<@Nullable Void>(action, null));
    }

    /** Runs code whose result the test waits for, and returns it with its thread, which has a name of its own. */
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
     * Code that runs.
     *
     * @param result what it will return
     * @param thread the thread that it runs on
     */
    record Running<T extends @Nullable Object>(FutureTask<T> result, Thread thread) {}
}
