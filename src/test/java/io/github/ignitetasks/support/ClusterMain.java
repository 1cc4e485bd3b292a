package io.github.ignitetasks.support;

import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import java.io.IOException;

/**
 * A JVM that starts a cluster and serves until its standard input ends. The argument is the number of processes, two by
 * default.
 */
public final class ClusterMain {
    private ClusterMain() {}

    /** Prints the process ids of the nodes and the address, and {@code closed} once the cluster is closed. */
    public static void main(String[] args) throws IOException {
        int nodes = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        try (Cluster cluster = LocalCluster.builder().nodes(nodes).build().start()) {
            ProcessHandle.current().children().forEach(child -> System.out.println("child " + child.pid()));
            System.out.println("started " + cluster.address());
            while (System.in.read() >= 0) {
                // the loop ends with the input
            }
        }
        System.out.println("closed");
    }
}
