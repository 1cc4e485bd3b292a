package io.github.ignitetasks.internal.compat;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.net.InetSocketAddress;
import java.util.Collection;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.internal.TcpDiscoveryNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** State of TCP discovery that has no public method. */
public final class DiscoveryInternals {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryInternals.class);

    private DiscoveryInternals() {}

    /** Returns the addresses at which a node listens. The node must have been found by TCP discovery. */
    public static Collection<InetSocketAddress> addresses(ClusterNode node) {
        return ((TcpDiscoveryNode) node).socketAddresses();
    }

    /** Returns the configured port, which the SPI reveals only after it has started; 0 if the port is unknown. */
    public static int configuredPort(TcpDiscoverySpi spi) {
        try {
            Field port = TcpDiscoverySpi.class.getDeclaredField("locPort");
            port.setAccessible(true);
            return port.getInt(spi);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            LOG.debug("the port of the discovery SPI is not known before it has started", e);
            return 0;
        }
    }
}
