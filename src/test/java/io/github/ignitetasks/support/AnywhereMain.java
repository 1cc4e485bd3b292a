package io.github.ignitetasks.support;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.time.Duration;

/** The main class of a JVM that runs one task on a cluster of one process. */
public final class AnywhereMain {
    private AnywhereMain() {}

    /**
     * Prints the task's result: the system property {@code secret} and the command line of the node's process. If the
     * cluster does not start, prints the reason and the number of child processes.
     */
    public static void main(String[] args) {
        try (Cluster cluster = LocalCluster.builder().nodes(1).build().start();
                TaskSession session =
                        IgniteTaskRunner.builder().cluster(cluster).build().start()) {
            String result = session.submit(
                            "task",
                            () -> System.getProperty("secret") + " by "
                                    + ProcessHandle.current()
                                            .info()
                                            .commandLine()
                                            .orElse(""))
                    .result(Duration.ofMinutes(1));
            System.out.println("result " + result);
        } catch (IllegalStateException e) {
            System.out.println("refused: " + e.getMessage());
            System.out.println("children " + ProcessHandle.current().children().count());
        }
    }
}
