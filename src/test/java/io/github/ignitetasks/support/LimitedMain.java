package io.github.ignitetasks.support;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.io.IOException;
import java.nio.file.Path;

/** A session in a JVM of its own whose tasks have a limit of one. The first one runs until the gate opens. */
public final class LimitedMain {
    /** The number of tasks. */
    public static final int TASKS = 20;

    private LimitedMain() {}

    /** Arguments: the folder of the log and the gate, an address, and the name of the limit. */
    public static void main(String[] args) throws IOException {
        RunLog log = RunLog.in(Path.of(args[0]));
        Gate gate = Gate.in(Path.of(args[0]));
        try (TaskSession session =
                IgniteTaskRunner.builder().address(args[1]).build().start()) {
            for (int i = 0; i < TASKS; i++) {
                session.submit(
                        "limited-" + i,
                        () -> {
                            log.add("limited");
                            gate.pass();
                            return 1;
                        },
                        CallOptions.none().limit(args[2], 1));
            }
            System.out.println("all out");
            while (System.in.read() >= 0) {
                // the loop ends with the input
            }
        }
    }
}
