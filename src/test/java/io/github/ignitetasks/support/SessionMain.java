package io.github.ignitetasks.support;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.io.IOException;
import org.apache.ignite.Ignition;

/**
 * A session in a JVM of its own, on a temporary node or on the grid at an address. It submits a key whose task leaves a
 * mark, then serves until its standard input ends.
 */
public final class SessionMain {
    private SessionMain() {}

    /** Takes the folder of the marks, the key, the result, and maybe an address. */
    public static void main(String[] args) throws IOException {
        Marks marks = new Marks(args[0]);
        String result = args[2];
        TaskRunner runner = args.length == 3
                ? IgniteTaskRunner.create()
                : IgniteTaskRunner.builder().address(args[3]).build();
        try (TaskSession session = runner.start()) {
            System.out.println("nodes "
                    + Ignition.allGrids().get(0).cluster().forServers().nodes().size());
            TaskFuture<String> future = session.submit(args[1], () -> {
                marks.leave("run");
                marks.await("go", 1);
                return result;
            });
            System.out.println("result " + future.result());
            while (System.in.read() >= 0) {
                // it serves
            }
        }
        System.out.println("left " + Ignition.allGrids().size());
    }
}
