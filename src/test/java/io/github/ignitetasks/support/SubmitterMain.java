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
 * A session in a JVM of its own, with 1,000 tasks out: fast ones that have ended, one that waits to be tried again, some
 * that run until the gate opens and take all slots, and the rest queued behind those.
 */
public final class SubmitterMain {
    /** How many tasks have ended. */
    public static final int FAST = 400;

    /** How many tasks have failed, and wait to be tried again. */
    public static final int RETRIED = 1;

    /** How many tasks run until the gate opens, once there is a slot for them. */
    public static final int SLOW = 20;

    /** How many tasks a server runs at a time. */
    public static final int SLOTS = 2;

    /** How many tasks are queued. */
    public static final int QUEUED = 579;

    private static final int TINY = 50;

    private SubmitterMain() {}

    /** Takes a folder and an address; prints when all are out. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        try (TaskSession session =
                IgniteTaskRunner.builder().address(args[1]).slots(SLOTS).build().start()) {
            TaskFuture.all(submit(session, folder, "fast", FAST, "dead")).result();
            for (int i = 0; i < TINY; i++) {
                session.submit("tiny-" + i, () -> 1).result(); // so that the session sends many ahead
            }
            submit(session, folder, "retried", RETRIED, "dead");
            submit(session, folder, "slow", SLOW, "dead");
            submit(session, folder, "queued", QUEUED, "dead");
            System.out.println("all out");
            while (System.in.read() >= 0) {
                // it serves
            }
        }
    }

    /** Submits tasks that log their key and, if they are slow, wait for the gate; their result is the submitter. */
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
