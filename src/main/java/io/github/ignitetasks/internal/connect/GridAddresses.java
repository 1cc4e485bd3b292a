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
 * Where a client looks for its grid: at the addresses that it is given, and at those of the servers that it last saw,
 * as all servers that were there when it joined may have been replaced since. Ignite asks each time that it looks.
 */
final class GridAddresses extends TcpDiscoveryVmIpFinder {
    private static final Logger LOG = LoggerFactory.getLogger(GridAddresses.class);

    private final TcpDiscoverySpi discovery;
    private final Supplier<List<String>> given;

    private List<String> known = List.of(); // guarded by this
    private Set<InetSocketAddress> lastSeen = Set.of(); // guarded by this

    /** Makes the addresses for a node's discovery, which are asked for each time that it looks. */
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
            lastSeen = seen; // Ignite forgets the servers once it has lost the grid
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
            lastSeen = Set.of(); // at the port of a dead server another grid may listen by now
        } catch (IgniteSpiException e) {
            if (known.isEmpty()) {
                throw e;
            }
            LOG.warn("{} are no addresses of a grid; its client goes on with {}", now, known, e);
        }
    }

    /** Returns the addresses of the servers; a loopback address of another host would lead to another grid. */
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
