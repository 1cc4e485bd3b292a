package io.github.ignitetasks.support;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.time.Duration;

/** A JVM that runs one task on a cluster of one process. */
public final class AnywhereMain {
    private AnywhereMain() {}

    /** Prints the result, which has a system property and the command of the process, or why there is no cluster. */
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
