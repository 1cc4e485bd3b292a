package io.github.ignitetasks.support;

import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import java.io.IOException;
import java.util.Map;

/** A server node in a JVM of its own, until its standard input ends. */
public final class ServerMain {
    private ServerMain() {}

    /** Prints the address where clients join. */
    public static void main(String[] args) throws IOException {
        try (Cluster cluster = new EmbeddedCluster().start(Map.of())) {
            System.out.println("address " + cluster.address());
            while (System.in.read() >= 0) {
                // it serves
            }
        }
    }
}
