package io.github.ignitetasks.support;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.util.Map;

/**
 * Runs a task on a cluster, and prints the result or the error. After a result it runs until its standard input ends.
 */
public final class InheritingMain {
    private InheritingMain() {}

    /** Argument: {@code embedded}, {@code processes}, {@code threads}, or the address of a grid. */
    public static void main(String[] args) throws Exception {
        try (Cluster cluster = start(args[0]);
                TaskSession session = runner(args[0], cluster).start()) {
            System.out.println("result " + session.submit("task", () -> 7).result());
            System.in.read();
        } catch (IllegalStateException e) {
            System.out.println("refused " + e.getMessage());
        }
    }

    private static Cluster start(String which) {
        return switch (which) {
            case "processes", "threads" ->
                LocalCluster.builder()
                        .nodes(2)
                        .processes(which.equals("processes"))
                        .slotsPerNode(1)
                        .build()
                        .start();
            default -> new EmbeddedCluster().start(Map.of());
        };
    }

    private static IgniteTaskRunner runner(String which, Cluster cluster) {
        return which.contains(":")
                ? IgniteTaskRunner.builder().address(which).build()
                : IgniteTaskRunner.builder().cluster(cluster).build();
    }
}
