package io.github.ignitetasks.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Server nodes in a JVM of their own, each a grid by itself: one more for each line of input, until that ends. */
public final class ServerMain {
    private ServerMain() {}

    /** Prints the address of each node. */
    public static void main(String[] args) throws IOException {
        List<Cluster> clusters = new ArrayList<>();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        while (input.readLine() != null) {
            Cluster cluster = new EmbeddedCluster().start(Map.of());
            clusters.add(cluster);
            System.out.println("address " + cluster.address());
        }
        clusters.forEach(Cluster::close);
    }
}
