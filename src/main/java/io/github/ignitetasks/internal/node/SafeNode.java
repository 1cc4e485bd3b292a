package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.compat.IsolatedDiscovery;
import io.github.ignitetasks.internal.folder.WorkFolder;
import java.io.ObjectInputFilter;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.ignite.IgniteSystemProperties;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;

/**
 * The safe configuration of every node that this library starts. By default an Ignite node listens at all interfaces,
 * looks for others by multicast and opens ports for clients. It also reports to its vendor, and halts the JVM after a
 * failure. These nodes do none of that.
 */
public final class SafeNode {
    /** The attribute with the number of slots of a node, whatever the sessions set: an {@code Integer}. */
    public static final String SLOTS_ATTRIBUTE = "ignitetasks.slots";

    /**
     * The attribute with the number of servers that a grid needs to write records: an {@code Integer}. If the number is
     * more than half of all servers, at most one side of a split grid writes records.
     */
    public static final String QUORUM_ATTRIBUTE = "ignitetasks.quorum";

    /** The attribute of a server that is replaced when it dies: a {@code Boolean}. */
    public static final String REPLACED_ATTRIBUTE = "ignitetasks.replaced";

    private static final long RECONNECT_DELAY_MILLIS = 200;
    private static final long MIB = 1L << 20;

    private SafeNode() {}

    /**
     * Returns the configuration of a node that binds one address and looks for others only at the given addresses.
     *
     * @param bind the address of the interface to use
     * @param addresses the addresses of other nodes, as {@code host:port}
     * @param joinTimeoutMillis how long to try to join them, in milliseconds
     * @param work the work directory of the node
     */
    public static IgniteConfiguration configuration(
            String bind, List<String> addresses, long joinTimeoutMillis, WorkFolder work) {
        prepareJvm();
        TcpDiscoverySpi discovery = new TcpDiscoverySpi();
        discovery.setIpFinder(new TcpDiscoveryVmIpFinder().setAddresses(addresses));
        discovery.setJoinTimeout(joinTimeoutMillis);
        discovery.setReconnectDelay((int) RECONNECT_DELAY_MILLIS);

        IgniteConfiguration configuration = new IgniteConfiguration();
        configuration.setIgniteInstanceName(newName());
        configuration.setWorkDirectory(work.path().toString());
        configuration.setLocalHost(bind);
        configuration.setClientMode(false); // null would let the environment decide
        configuration.setDiscoverySpi(discovery);
        configuration.setCommunicationSpi(communication());
        configuration.setConnectorConfiguration(null);
        configuration.setClientConnectorConfiguration(null);
        configuration.setPeerClassLoadingEnabled(false);
        configuration.setIncludeProperties(); // otherwise all nodes see this JVM's environment and its secrets
        configuration.setFailureHandler(new NodeFailureHandler());
        configuration.setMetricsLogFrequency(0);
        configuration.setGridLogger(new NodeLogger());
        Protocol.announce(configuration);
        return configuration;
    }

    /**
     * Returns a communication SPI that lets the operating system choose the socket buffers. Ignite's default buffers
     * are smaller than a segment of the loopback interface. With them, a loaded connection stalls, for up to minutes,
     * until the sender probes the receive window.
     */
    private static TcpCommunicationSpi communication() {
        return new TcpCommunicationSpi().setSocketSendBuffer(0).setSocketReceiveBuffer(0);
    }

    /** Returns the number of slots that a node's attribute gives; empty if sessions decide. */
    public static OptionalInt fixedSlots(ClusterNode node) {
        Integer slots = node.attribute(SLOTS_ATTRIBUTE);
        return slots == null ? OptionalInt.empty() : OptionalInt.of(slots);
    }

    /** Returns a new instance name. It must be unique in its JVM. */
    static String newName() {
        return "ignite-tasks-" + UUID.randomUUID();
    }

    /**
     * Checks that this JVM can run a node, and turns off two features of Ignite. One is the update check, which
     * contacts the vendor. The other tracks page locks and costs some 7 % of a task's time. Existing settings are kept.
     *
     * @throws IllegalStateException if this JVM cannot run a node
     */
    static void prepareJvm() {
        JvmOpens.ensure();
        checkSerialFilter();
        setUnlessSet(IgniteSystemProperties.IGNITE_UPDATE_NOTIFIER, "false");
        setUnlessSet(IgniteSystemProperties.IGNITE_PAGE_LOCK_TRACKER_TYPE, "-1");
    }

    private static void setUnlessSet(String property, String value) {
        if (IgniteSystemProperties.getString(property) == null) { // also reads the environment
            System.setProperty(property, value);
        }
    }

    /** Checks for a serialization filter. Ignite sets the filter of the JVM, and does not start if there is another. */
    private static void checkSerialFilter() {
        ObjectInputFilter filter = ObjectInputFilter.Config.getSerialFilter();
        String setting = IgniteSystemProperties.IGNITE_ENABLE_OBJECT_INPUT_FILTER_AUTOCONFIGURATION;
        boolean own = filter == null || filter.getClass().getName().startsWith("org.apache.ignite.");
        if (!own && IgniteSystemProperties.getBoolean(setting, true)) {
            throw new IllegalStateException("this JVM has a serialization filter already, by system property"
                    + " jdk.serialFilter or by code: " + filter
                    + "; Apache Ignite would set its own. Start the JVM with"
                    + " -D" + setting + "=false, and let the filter allow org.apache.ignite.** and your own classes");
        }
    }

    /** Returns this configuration as a server with exactly these ports and at most this much memory for records. */
    public static IgniteConfiguration server(
            IgniteConfiguration configuration, int discoveryPort, int communicationPort, long recordBytes) {
        InheritedSettings.checkServer(configuration.getLocalHost());
        TcpDiscoverySpi discovery = (TcpDiscoverySpi) configuration.getDiscoverySpi();
        discovery.setLocalPort(discoveryPort).setLocalPortRange(0);
        TcpCommunicationSpi communication = (TcpCommunicationSpi) configuration.getCommunicationSpi();
        communication.setLocalPort(communicationPort).setLocalPortRange(0);
        return configuration.setDataStorageConfiguration(memory(recordBytes));
    }

    /**
     * Returns this configuration as a lone server that does not listen and has at most this much memory for records.
     */
    static IgniteConfiguration alone(IgniteConfiguration configuration, long recordBytes) {
        return configuration
                .setDiscoverySpi(new IsolatedDiscovery(configuration.getIgniteInstanceName()))
                .setCommunicationSpi(new NoCommunication())
                .setDataStorageConfiguration(memory(recordBytes));
    }

    private static DataStorageConfiguration memory(long recordBytes) {
        return new DataStorageConfiguration()
                .setDefaultDataRegionConfiguration(new DataRegionConfiguration()
                        .setInitialSize(Math.min(recordBytes, 64 * MIB))
                        .setMaxSize(recordBytes));
    }
}
