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
 * Server nodes in a JVM of their own, each a grid by itself: one more for each line of input, until that ends. A line
 * that is a folder gives a node that loads classes of peers in mode ISOLATED, and writes there; a line {@code at PORT
 * FOLDER} one at that port, which soon takes for dead who is silent.
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

    /** Makes a node take for dead who is silent for so long as a slow machine is not. */
    public static void losePatienceSoon(IgniteConfiguration node) {
        node.setFailureDetectionTimeout(3_000).setClientFailureDetectionTimeout(3_000);
    }

    private static void loadClassesOfPeers(IgniteConfiguration node) {
        node.setPeerClassLoadingEnabled(true).setDeploymentMode(DeploymentMode.ISOLATED);
    }
}
