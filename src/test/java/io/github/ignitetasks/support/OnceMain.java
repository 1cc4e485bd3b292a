package io.github.ignitetasks.support;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.io.IOException;
import java.nio.file.Path;

/** A session in a JVM of its own with one task that must not run twice. */
public final class OnceMain {
    /** The key of the task. */
    public static final String KEY = "once";

    private OnceMain() {}

    /** Arguments: a folder and an address. Prints {@code submitted} once the task is submitted. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        try (TaskSession session =
                IgniteTaskRunner.builder().address(args[1]).build().start()) {
            TaskFuture<Integer> unused = submit(session, folder);
            System.out.println("submitted");
            while (System.in.read() >= 0) {
                // the loop ends with the input
            }
        }
    }

    /** Submits the task: it counts its run, tells its process, and then stands until the gate opens. */
    public static TaskFuture<Integer> submit(TaskSession session, Path folder) {
        RunLog log = RunLog.in(folder);
        Gate gate = Gate.in(folder);
        return session.submit(
                KEY,
                () -> {
                    log.add("pid-" + ProcessHandle.current().pid());
                    gate.pass();
                    return 1;
                },
                CallOptions.none().withCrashRetries(0));
    }
}
