package io.github.ignitetasks.cluster;

import io.github.ignitetasks.internal.node.NodeSettings;
import io.github.ignitetasks.internal.process.NodeLauncher;
import io.github.ignitetasks.internal.process.NodesInThisJvm;

/** Starts clusters for tests. */
public final class TestCluster {
    private TestCluster() {}

    /** Starts one node in this JVM that clients can join, with as many slots as sessions ask for. */
    public static Cluster start() {
        return start(new NodesInThisJvm(NodeSettings.withSlots(0)));
    }

    /** Starts one node by a launcher. */
    public static Cluster start(NodeLauncher launcher) {
        return RunningLocalCluster.start(1, launcher);
    }
}
