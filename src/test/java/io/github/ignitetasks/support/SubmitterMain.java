package io.github.ignitetasks.support;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A session in a JVM of its own with 1,000 submitted tasks. Fast tasks have completed, and one task waits for its
 * retry. Slow tasks take all slots until the gate opens, and the rest is queued behind them.
 */
public final class SubmitterMain {
    /** The number of tasks that have completed. */
    public static final int FAST = 400;

    /** The number of tasks that have failed and wait for a retry. */
    public static final int RETRIED = 1;

    /** The number of tasks that run until the gate opens, once they have a slot. */
    public static final int SLOW = 20;

    /** The number of tasks that a server runs at a time. */
    public static final int SLOTS = 2;

    /** The number of queued tasks. */
    public static final int QUEUED = 579;

    private static final int TINY = 50;

    private SubmitterMain() {}

    /** Arguments: a folder and an address. Prints {@code all out} once all tasks are submitted. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        try (TaskSession session =
                IgniteTaskRunner.builder().address(args[1]).slots(SLOTS).build().start()) {
            TaskFuture.all(submit(session, folder, "fast", FAST, "dead")).result();
            for (int i = 0; i < TINY; i++) {
                session.submit("tiny-" + i, () -> 1).result(); // short runtimes let the session send many ahead
            }
            submit(session, folder, "retried", RETRIED, "dead");
            submit(session, folder, "slow", SLOW, "dead");
            submit(session, folder, "queued", QUEUED, "dead");
            System.out.println("all out");
            while (System.in.read() >= 0) {
                // the loop ends with the input
            }
        }
    }

    /**
     * Submits tasks that log their key and return the submitter. Slow tasks wait for the gate. Retried tasks fail if
     * the submitter is {@code dead}.
     */
    public static List<TaskFuture<String>> submit(
            TaskSession session, Path folder, String kind, int number, String submitter) {
        RunLog log = RunLog.in(folder);
        Gate gate = Gate.in(folder);
        boolean slow = kind.equals("slow");
        boolean fails = kind.equals("retried") && submitter.equals("dead");
        List<TaskFuture<String>> futures = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String key = kind + "-" + i;
            futures.add(session.submit(
                    key,
                    () -> {
                        log.add(key);
                        if (slow) {
                            gate.pass();
                        }
                        if (fails) {
                            throw new IllegalStateException("thrown on purpose");
                        }
                        return submitter;
                    },
                    fails ? CallOptions.none().withRetries(1, Duration.ofHours(1)) : CallOptions.none()));
        }
        return futures;
    }
}
