package io.github.ignitetasks.cluster;

/** Clusters that tests start. */
public final class TestCluster {
    private TestCluster() {}

    /** Starts one node in this JVM that clients can join, with as many slots as sessions ask for. */
    public static Cluster start() {
        return LocalNodes.start(1, new NodesInThisJvm(NodeSettings.withSlots(0)));
    }
}
