package io.github.ignitetasks.internal.node;

import org.apache.ignite.Ignite;

/** Tells the threads of a node. Ignite writes the name of the instance into most of their names. */
public final class NodeThreads {
    /** Of those of the communication it writes the name of the SPI. */
    private static final String COMMUNICATION = "%TcpCommunicationSpi%";

    private NodeThreads() {}

    /** Returns whether a thread is of this node. The threads of communication may be of another node. */
    public static boolean isOf(Ignite node, Thread thread) {
        String name = thread.getName();
        return name.contains("%" + node.name() + "%") || name.endsWith(COMMUNICATION);
    }
}
