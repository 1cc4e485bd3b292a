package io.github.ignitetasks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;

/**
 * A cluster of one server node in this JVM, reachable from this machine alone, which nobody finds by accident: it has
 * ports of its own, and looks for no others.
 */
public record EmbeddedCluster() implements ClusterFactory {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long JOIN_TIMEOUT_MILLIS = 10_000;
    private static final int START_ATTEMPTS = 5;

    @Override
    public Cluster start(Map<String, String> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("an embedded cluster has no options, but was given " + options.keySet());
        }
        for (int attempt = 1; ; attempt++) {
            WorkFolder work = WorkFolder.make();
            int port = freePort();
            try {
                return new RunningNode(Ignition.start(configuration(port, work)), LOOPBACK + ":" + port, work);
            } catch (IgniteException e) {
                work.close();
                if (attempt == START_ATTEMPTS || !isPortTaken(e)) {
                    throw new IllegalStateException("cannot start an embedded node: " + e.getMessage(), e);
                }
            }
        }
    }

    private static IgniteConfiguration configuration(int port, WorkFolder work) {
        List<String> itself = List.of(LOOPBACK + ":" + port);
        return SafeNode.server(SafeNode.configuration(LOOPBACK, itself, JOIN_TIMEOUT_MILLIS, work), port, freePort());
    }

    /** Returns a port that is free now; somebody may take it before the node does, which then tries another. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find a free port on " + LOOPBACK, e);
        }
    }

    private static boolean isPortTaken(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || String.valueOf(cause.getMessage()).contains("Failed to bind")) {
                return true;
            }
        }
        return false;
    }

    private record RunningNode(Ignite node, String address, WorkFolder work) implements Cluster {
        @Override
        public Optional<Ignite> ignite() {
            return Optional.of(node);
        }

        @Override
        public int nodes() {
            return 1;
        }

        @Override
        public void scale(int nodes) {
            if (nodes != 1) {
                throw new UnsupportedOperationException("an embedded cluster has one node; it cannot have " + nodes);
            }
        }

        @Override
        public void close() {
            if (Ignition.state(node.name()) == IgniteState.STARTED && Ignition.stop(node.name(), true)) {
                work.close();
            }
        }
    }
}
