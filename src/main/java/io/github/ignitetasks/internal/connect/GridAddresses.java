package io.github.ignitetasks.internal.connect;

import io.github.ignitetasks.internal.compat.DiscoveryInternals;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.ignite.spi.IgniteSpiException;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses at which a client looks for its grid. They are the configured addresses, and those of the servers that
 * the client saw last. The latter are needed because all servers that ran when the client joined may have been replaced
 * since. Ignite queries this finder before each attempt.
 */
final class GridAddresses extends TcpDiscoveryVmIpFinder {
    private static final Logger LOG = LoggerFactory.getLogger(GridAddresses.class);

    private final TcpDiscoverySpi discovery;
    private final Supplier<List<String>> given;

    private List<String> known = List.of(); // guarded by this
    private Set<InetSocketAddress> lastSeen = Set.of(); // guarded by this

    /** Creates the addresses for the discovery of a node. The supplier is queried before each attempt. */
    GridAddresses(TcpDiscoverySpi discovery, Supplier<List<String>> given) {
        this.discovery = discovery;
        this.given = given;
        takeGiven();
    }

    @Override
    public synchronized Collection<InetSocketAddress> getRegisteredAddresses() {
        takeGiven();
        Collection<InetSocketAddress> addresses = super.getRegisteredAddresses();
        Set<InetSocketAddress> seen = serversSeen(addresses.stream().anyMatch(GridAddresses::isOfThisHost));
        if (!seen.isEmpty()) {
            lastSeen = seen; // Ignite forgets the servers when it loses the grid
        }
        addresses.addAll(lastSeen);
        return addresses;
    }

    private void takeGiven() {
        List<String> now = given.get();
        if (now.equals(known)) {
            return;
        }
        try {
            setAddresses(now);
            known = now;
            lastSeen = Set.of(); // another grid may now use the port of a dead server
        } catch (IgniteSpiException e) {
            if (known.isEmpty()) {
                throw e;
            }
            LOG.warn("{} are no addresses of a grid; its client goes on with {}", now, known, e);
        }
    }

    /**
     * Returns the addresses of the known servers. A loopback address of another host is left out, because it would lead
     * to a different grid here.
     */
    private Set<InetSocketAddress> serversSeen(boolean alsoOfThisHost) {
        return discovery.getRemoteNodes().stream()
                .filter(node -> !node.isClient())
                .flatMap(node -> DiscoveryInternals.addresses(node).stream())
                .filter(address -> !address.isUnresolved() && (alsoOfThisHost || !isOfThisHost(address)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isOfThisHost(InetSocketAddress address) {
        return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
    }
}
