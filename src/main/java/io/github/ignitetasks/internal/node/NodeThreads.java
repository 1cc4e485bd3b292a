package io.github.ignitetasks.internal.node;

import org.apache.ignite.Ignite;

/** A test whether a thread belongs to a node. Most of a node's threads have the instance name in their names. */
public final class NodeThreads {
    /** The name suffix of communication threads, which have the name of the SPI instead. */
    private static final String COMMUNICATION = "%TcpCommunicationSpi%";

    private NodeThreads() {}

    /** Returns whether a thread belongs to this node. A communication thread may belong to another node of this JVM. */
    public static boolean isOf(Ignite node, Thread thread) {
        String name = thread.getName();
        return name.contains("%" + node.name() + "%") || name.endsWith(COMMUNICATION);
    }
}
