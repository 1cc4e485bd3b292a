package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.compat.DiscoveryInternals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A check whether the ports of a node are free. Ignite detects a taken port only during its start, and then logs a
 * hundred lines.
 */
final class PortCheck {
    private static final Logger LOG = LoggerFactory.getLogger(PortCheck.class);

    private PortCheck() {}

    /** Returns why a node with this configuration cannot listen, and the remedy; empty if it can. */
    static Optional<String> refusal(IgniteConfiguration node) {
        Optional<InetAddress> host;
        try {
            host = node.getLocalHost() == null
                    ? Optional.empty()
                    : Optional.of(InetAddress.getByName(node.getLocalHost()));
            bind(host, 0);
        } catch (IOException e) {
            return Optional.of("localHost '" + node.getLocalHost() + "' is no address of this machine ("
                    + e.getMessage() + "); set another" + by("IGNITE_TASKS_HOST"));
        }
        if (node.getDiscoverySpi() instanceof TcpDiscoverySpi discovery
                && node.getCommunicationSpi() instanceof TcpCommunicationSpi communication
                && !Boolean.TRUE.equals(node.isClientMode())
                && DiscoveryInternals.configuredPort(discovery) == communication.getLocalPort()
                && discovery.getLocalPortRange() == 0
                && communication.getLocalPortRange() == 0) {
            return Optional.of("the discovery and the communication SPI have one localPort, "
                    + communication.getLocalPort() + "; give each its own"
                    + by("IGNITE_TASKS_PORT and IGNITE_TASKS_COMMUNICATION_PORT"));
        }
        Optional<String> ofDiscovery =
                node.getDiscoverySpi() instanceof TcpDiscoverySpi spi && !Boolean.TRUE.equals(node.isClientMode())
                        ? refusal(
                                host,
                                DiscoveryInternals.configuredPort(spi),
                                spi.getLocalPortRange(),
                                "discovery",
                                "IGNITE_TASKS_PORT")
                        : Optional.empty();
        return ofDiscovery.or(() -> node.getCommunicationSpi() instanceof TcpCommunicationSpi spi
                ? refusal(
                        host,
                        spi.getLocalPort(),
                        spi.getLocalPortRange(),
                        "communication",
                        "IGNITE_TASKS_COMMUNICATION_PORT")
                : Optional.empty());
    }

    private static Optional<String> refusal(
            Optional<InetAddress> host, int port, int range, String of, String variable) {
        if (port <= 0) {
            return Optional.empty(); // unknown or not set
        }
        for (int each = port; each <= port + range; each++) {
            try {
                bind(host, each);
                return Optional.empty();
            } catch (IOException e) {
                LOG.debug("port {} is taken", each, e);
            }
        }
        String ports = range == 0 ? "port " + port + " is" : "ports " + port + ".." + (port + range) + " are";
        return Optional.of(
                ports + " taken at " + host.map(InetAddress::getHostAddress).orElse("this machine")
                        + "; check the addresses and ports that it sets, and give another localPort of the " + of
                        + " SPI" + by(variable));
    }

    private static void bind(Optional<InetAddress> host, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host.orElse(null), port));
        }
    }

    private static String by(String variable) {
        return " (in the files under config/ by " + variable + ")";
    }
}
