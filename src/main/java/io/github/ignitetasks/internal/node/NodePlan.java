package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.folder.WorkFolder;
import io.github.ignitetasks.internal.tls.NodeTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cache.PartitionLossPolicy;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;

/**
 * The plan of a server node, to be started in this JVM or another.
 *
 * @param ports the ports of the node
 * @param addresses the discovery addresses of the cluster, including the node's own
 * @param settings the settings that all nodes of the cluster share
 * @param work the work directory of the node
 */
public record NodePlan(Ports ports, List<String> addresses, NodeSettings settings, WorkFolder work) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long JOIN_TIMEOUT_MILLIS = 10_000;

    public NodePlan {
        addresses = List.copyOf(addresses);
    }

    public String address() {
        return ports.address();
    }

    /**
     * Starts the node in this JVM.
     *
     * @throws IgniteException if the node cannot be started
     */
    public Ignite start() {
        IgniteConfiguration configuration = SafeNode.server(
                SafeNode.configuration(LOOPBACK, addresses, JOIN_TIMEOUT_MILLIS, work),
                ports.discovery(),
                ports.communication(),
                settings.recordBytes());
        settings.tls().sslContextFactory().ifPresent(configuration::setSslContextFactory);
        return start(configuration, settings);
    }

    /**
     * Starts a node that is alone in this JVM and has no ports.
     *
     * @throws IgniteException if the node cannot be started
     */
    public static Ignite startAlone(NodeSettings settings, WorkFolder work) {
        return start(
                SafeNode.alone(
                        SafeNode.configuration(LOOPBACK, List.of(), JOIN_TIMEOUT_MILLIS, work), settings.recordBytes()),
                settings);
    }

    private static Ignite start(IgniteConfiguration configuration, NodeSettings settings) {
        configuration.setUserAttributes(attributes(settings));
        settings.declared().addTo(configuration);
        Protocol.announce(configuration);
        configuration.setCacheConfiguration(records());
        return NodeStart.start(configuration);
    }

    /**
     * Returns the configuration of the record cache. Partitions that were lost with dead nodes stay usable on their
     * replacements.
     */
    private static CacheConfiguration<String, byte[]> records() {
        return RecordCache.configuration().setPartitionLossPolicy(PartitionLossPolicy.IGNORE);
    }

    private static Map<String, Object> attributes(NodeSettings settings) {
        return settings.slots() > 0
                ? Map.of(SafeNode.REPLACED_ATTRIBUTE, true, SafeNode.SLOTS_ATTRIBUTE, settings.slots())
                : Map.of(SafeNode.REPLACED_ATTRIBUTE, true);
    }

    /**
     * Returns the plan as arguments of a main class. TLS is left out, because all users of a machine can see arguments.
     */
    public List<String> toArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(ports.discovery()),
                Integer.toString(ports.communication()),
                String.join(",", addresses),
                Integer.toString(settings.slots()),
                Long.toString(settings.recordBytes()),
                work.path().toString()));
        arguments.addAll(settings.declared().toArguments());
        return arguments;
    }

    /** Parses a plan, without TLS. */
    public static NodePlan ofArguments(String... arguments) {
        return new NodePlan(
                new Ports(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])),
                List.of(arguments[2].split(",", -1)),
                new NodeSettings(
                        Integer.parseInt(arguments[3]),
                        Long.parseLong(arguments[4]),
                        NodeTls.none(),
                        NodeAttributes.ofArguments(Arrays.stream(arguments).skip(6))),
                new WorkFolder(Path.of(arguments[5])));
    }

    /** Returns this plan with another TLS. */
    public NodePlan with(NodeTls tls) {
        return new NodePlan(ports, addresses, settings.with(tls), work);
    }

    /** The ports of a node. */
    public record Ports(int discovery, int communication) {

        /** Returns ports that are free now. Another process may take one before the node does. */
        public static List<Ports> free(int nodes) {
            List<ServerSocket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < 2 * nodes; i++) {
                    sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                }
                List<Ports> ports = new ArrayList<>();
                for (int i = 0; i < sockets.size(); i += 2) {
                    ports.add(new Ports(
                            sockets.get(i).getLocalPort(), sockets.get(i + 1).getLocalPort()));
                }
                return ports;
            } catch (IOException e) {
                throw new IllegalStateException("cannot find a free port on " + LOOPBACK + ": " + e.getMessage(), e);
            } finally {
                sockets.forEach(Ports::close);
            }
        }

        public String address() {
            return LOOPBACK + ":" + discovery;
        }

        private static void close(ServerSocket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot free port " + socket.getLocalPort(), e);
            }
        }
    }
}
