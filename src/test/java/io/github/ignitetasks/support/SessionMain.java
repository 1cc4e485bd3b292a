package io.github.ignitetasks.support;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.ignite.Ignition;

/**
 * A session in a JVM of its own, on a temporary node or on the grid at an address. It submits one task, which counts
 * its runs in a tally. Then it serves until its standard input ends.
 */
public final class SessionMain {
    private SessionMain() {}

    /** Arguments: the folder of the tally and the gate, the key, the result, and optionally an address. */
    public static void main(String[] args) throws IOException {
        Tally runs = Tally.in(Path.of(args[0]));
        Gate go = Gate.in(Path.of(args[0]));
        String result = args[2];
        TaskRunner runner = args.length == 3
                ? IgniteTaskRunner.create()
                : IgniteTaskRunner.builder().address(args[3]).build();
        try (TaskSession session = runner.start()) {
            System.out.println("nodes "
                    + Ignition.allGrids().get(0).cluster().forServers().nodes().size());
            TaskFuture<String> future = session.submit(args[1], () -> {
                runs.add();
                go.pass();
                return result;
            });
            System.out.println("result " + future.result());
            while (System.in.read() >= 0) {
                // the loop ends with the input
            }
        }
        System.out.println("left " + Ignition.allGrids().size());
    }
}
