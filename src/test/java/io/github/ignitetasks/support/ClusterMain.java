package io.github.ignitetasks.support;

import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import java.io.IOException;

/** A JVM that starts a cluster of two processes, and serves until its standard input ends. */
public final class ClusterMain {
    private ClusterMain() {}

    /** Prints the process ids of the nodes, and when it has closed the cluster. */
    public static void main(String[] args) throws IOException {
        try (Cluster cluster = LocalCluster.builder().nodes(2).build().start()) {
            ProcessHandle.current().children().forEach(child -> System.out.println("child " + child.pid()));
            System.out.println("started " + cluster.address());
            while (System.in.read() >= 0) {
                // it serves
            }
        }
        System.out.println("closed");
    }
}
