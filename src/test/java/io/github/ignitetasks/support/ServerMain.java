package io.github.ignitetasks.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.cluster.TestCluster;
import io.github.ignitetasks.cluster.TestGrid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.DeploymentMode;
import org.apache.ignite.configuration.IgniteConfiguration;

/**
 * Server nodes in a JVM of their own, each of which is a grid by itself. Each line of standard input starts a node,
 * until the input ends. The line {@code start} starts a plain node. A line {@code at PORT FOLDER} starts a node at that
 * port that soon reports silent nodes as failed. Any other line is a folder: its node writes there, and loads classes
 * of peers in mode ISOLATED.
 */
public final class ServerMain {
    private ServerMain() {}

    /** Prints the address of each node. */
    public static void main(String[] args) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            System.out.println("address " + start(line));
        }
        Ignition.stopAll(true);
    }

    private static String start(String line) {
        if (line.equals("start")) {
            return TestCluster.start().address();
        }
        String[] words = line.split(" ", 3);
        return words[0].equals("at")
                ? TestGrid.startAt(Integer.parseInt(words[1]), Path.of(words[2]), ServerMain::losePatienceSoon)
                        .address()
                : TestGrid.start(Path.of(line), 1, ServerMain::loadClassesOfPeers)
                        .address();
    }

    /** Sets failure detection timeouts of three seconds, which pauses of a slow machine do not reach. */
    public static void losePatienceSoon(IgniteConfiguration node) {
        node.setFailureDetectionTimeout(3_000).setClientFailureDetectionTimeout(3_000);
    }

    private static void loadClassesOfPeers(IgniteConfiguration node) {
        node.setPeerClassLoadingEnabled(true).setDeploymentMode(DeploymentMode.ISOLATED);
    }
}
