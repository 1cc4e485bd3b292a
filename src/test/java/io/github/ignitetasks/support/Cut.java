package io.github.ignitetasks.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.lang.IgniteInClosure;
import org.apache.ignite.plugin.extensions.communication.Message;
import org.apache.ignite.spi.IgniteSpiException;
import org.apache.ignite.spi.IgniteSpiOperationTimeoutException;
import org.apache.ignite.spi.IgniteSpiOperationTimeoutHelper;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;

/**
 * Cuts the nodes of a grid in this JVM in two. Discovery sockets between the two parts close, no new ones open, and
 * messages across the cut are lost.
 */
public final class Cut {
    private final Set<UUID> cutOff = ConcurrentHashMap.newKeySet();
    private final Set<Integer> portsCutOff = ConcurrentHashMap.newKeySet();
    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();

    private record Connection(Socket socket, int from, int to) {}

    /** Prepares the settings of a node so that {@link #make} can cut the node off. */
    public void reach(IgniteConfiguration node) {
        TcpDiscoverySpi discovery = (TcpDiscoverySpi) node.getDiscoverySpi();
        TcpDiscoverySpi watched = new WatchedDiscovery();
        watched.setIpFinder(discovery.getIpFinder());
        watched.setLocalPort(ownPort(discovery)).setLocalPortRange(0);
        watched.setJoinTimeout(discovery.getJoinTimeout());
        watched.setReconnectDelay((int) discovery.getReconnectDelay());
        watched.setConnectionRecoveryTimeout(0); // else a node that is cut off alone stops before it decides anything
        node.setDiscoverySpi(watched);
        TcpCommunicationSpi communication = (TcpCommunicationSpi) node.getCommunicationSpi();
        node.setCommunicationSpi(new LossyCommunication()
                .setLocalPort(communication.getLocalPort())
                .setLocalPortRange(0)
                .setSocketSendBuffer(0)
                .setSocketReceiveBuffer(0));
    }

    /** Returns the port of the node. A node's own address is the last one at which it looks for its grid. */
    private static int ownPort(TcpDiscoverySpi discovery) {
        List<InetSocketAddress> addresses = List.copyOf(discovery.getIpFinder().getRegisteredAddresses());
        return addresses.get(addresses.size() - 1).getPort();
    }

    /** Cuts these nodes off from all others. */
    public void make(List<Ignite> nodes) {
        for (Ignite node : nodes) {
            cutOff.add(node.cluster().localNode().id());
            portsCutOff.add(((TcpDiscoverySpi) node.configuration().getDiscoverySpi()).getLocalPort());
        }
        connections.stream()
                .filter(connection -> crosses(connection.from(), connection.to()))
                .forEach(connection -> close(connection.socket()));
    }

    private boolean crosses(int from, int to) {
        return portsCutOff.contains(from) != portsCutOff.contains(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class WatchedDiscovery extends TcpDiscoverySpi {
        @Override
        protected Socket openSocket(Socket socket, InetSocketAddress remote, IgniteSpiOperationTimeoutHelper timeouts)
                throws IOException, IgniteSpiOperationTimeoutException {
            connections.add(new Connection(socket, getLocalPort(), remote.getPort()));
            if (crosses(getLocalPort(), remote.getPort())) {
                socket.close();
                throw new ConnectException("cut off");
            }
            return super.openSocket(socket, remote, timeouts);
        }
    }

    private final class LossyCommunication extends TcpCommunicationSpi {
        @Override
        public void sendMessage(ClusterNode node, Message message) throws IgniteSpiException {
            if (!isLost(node)) {
                super.sendMessage(node, message);
            }
        }

        @Override
        public void sendMessage(ClusterNode node, Message message, IgniteInClosure<IgniteException> onAcknowledged)
                throws IgniteSpiException {
            if (!isLost(node)) {
                super.sendMessage(node, message, onAcknowledged);
            }
        }

        private boolean isLost(ClusterNode node) {
            return cutOff.contains(getSpiContext().localNode().id()) != cutOff.contains(node.id());
        }
    }
}
