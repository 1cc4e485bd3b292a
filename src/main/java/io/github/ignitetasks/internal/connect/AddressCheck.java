package io.github.ignitetasks.internal.connect;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A check of a grid's addresses from this host: which host names are unknown, and which hosts are unreachable.
 *
 * @param addresses the expected addresses of the servers
 */
record AddressCheck(List<GridAddress> addresses) {
    private static final Logger LOG = LoggerFactory.getLogger(AddressCheck.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

    /** The largest number of ports of a range to try. */
    private static final int MAX_PORTS = 5;

    private static final int ANY_PORT = 9;

    /** Returns the local address from which packets to a server would leave, for the first address that has a route. */
    Optional<String> localAddress() {
        for (GridAddress address : addresses) {
            try {
                return Optional.of(localAddressTo(address));
            } catch (IOException e) {
                LOG.debug("no route to {}", address, e);
            }
        }
        return Optional.empty();
    }

    private static String localAddressTo(GridAddress address) throws IOException {
        InetAddress host = InetAddress.getByName(address.host());
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(new InetSocketAddress(host, ANY_PORT)); // looks up the route, sends nothing
            return probe.getLocalAddress().getHostAddress();
        }
    }

    /**
     * Returns the problem of each address and its remedy. This method tries to connect, so it may block for a moment.
     */
    String describe() {
        return addresses.stream().map(AddressCheck::describe).distinct().collect(joining(". "));
    }

    private static String describe(GridAddress address) {
        try {
            InetAddress host = InetAddress.getByName(address.host());
            localAddressTo(address);
            return describe(address, host);
        } catch (UnknownHostException e) {
            return "host '" + address.host() + "' is unknown; check its spelling, and whether this machine can look the"
                    + " name up";
        } catch (IOException e) {
            return unreachable(address, e);
        }
    }

    private static String describe(GridAddress address, InetAddress host) throws IOException {
        int first = address.first() == 0 ? TcpDiscoverySpi.DFLT_PORT : address.first();
        int last = Math.max(first, Math.min(address.last(), first + MAX_PORTS - 1));
        for (int port = first; port <= last; port++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), (int) CONNECT_TIMEOUT.toMillis());
                return "at " + address + " somebody listens on port " + port
                        + ", but no server of a grid has let this client in; check the port and the server's log";
            } catch (ConnectException e) {
                if (!String.valueOf(e.getMessage()).contains("refused")) {
                    return unreachable(address, e);
                }
            } catch (SocketTimeoutException e) {
                return unreachable(address, e);
            }
        }
        return "nobody listens at " + address + " (connection refused); start a server node there, or correct the port";
    }

    private static String unreachable(GridAddress address, IOException problem) {
        return "host '" + address.host() + "' is unreachable from here (" + problem.getMessage()
                + "); check the network, the firewalls between, and that the host is up";
    }
}
