package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.compat.IsolatedDiscovery;
import io.github.ignitetasks.internal.folder.WorkFolder;
import java.io.ObjectInputFilter;
import java.util.List;
import java.util.UUID;
import org.apache.ignite.IgniteSystemProperties;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;

/**
 * The settings of every node that this library starts. Out of the box a node of Ignite listens on every interface, looks
 * for others by multicast, opens ports for clients, calls home, and halts the JVM when something fails in it; these
 * nodes do none of that.
 */
public final class SafeNode {
    /** The attribute by which a node says how many slots it has, whatever sessions ask for: an {@code Integer}. */
    public static final String SLOTS_ATTRIBUTE = "ignitetasks.slots";

    /**
     * The attribute by which a server says how many servers its grid must have to record anything: an {@code Integer}.
     * More than half of all that there are to be leaves one side at most of a grid that is cut in two.
     */
    public static final String QUORUM_ATTRIBUTE = "ignitetasks.quorum";

    /** The attribute by which a server says that it is replaced when it dies: a {@code Boolean}. */
    public static final String REPLACED_ATTRIBUTE = "ignitetasks.replaced";

    private static final long RECONNECT_DELAY_MILLIS = 200;
    private static final long MIB = 1L << 20;

    private SafeNode() {}

    /**
     * Returns the settings of a node that binds one address and finds others at the given ones alone.
     *
     * @param bind the address of the interface to use
     * @param addresses where others are, as {@code host:port}
     * @param joinTimeoutMillis how long to try to join them
     * @param work where it writes
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
        configuration.setClientMode(false); // else the environment says
        configuration.setDiscoverySpi(discovery);
        configuration.setCommunicationSpi(communication());
        configuration.setConnectorConfiguration(null);
        configuration.setClientConnectorConfiguration(null);
        configuration.setPeerClassLoadingEnabled(false);
        configuration.setIncludeProperties(); // else all nodes see this JVM's environment, with what is secret in it
        configuration.setFailureHandler(new NodeFailureHandler());
        configuration.setMetricsLogFrequency(0);
        configuration.setGridLogger(new NodeLogger());
        Protocol.announce(configuration);
        return configuration;
    }

    /**
     * Leaves the size of the sockets' buffers to the system. Those of Ignite's default are smaller than a segment of the
     * loopback interface, so that a connection under load stands still, for up to minutes, until the sender asks whether
     * there is room again.
     */
    private static TcpCommunicationSpi communication() {
        return new TcpCommunicationSpi().setSocketSendBuffer(0).setSocketReceiveBuffer(0);
    }

    /** Returns a name for an instance of Ignite, which must differ from the others of its JVM. */
    static String newName() {
        return "ignite-tasks-" + UUID.randomUUID();
    }

    /**
     * Makes sure that this JVM can run a node, and turns off what would call home from it, and what notes each page of memory
     * that a thread locks, which takes some 7 % of a task's time. What is set otherwise stays.
     *
     * @throws IllegalStateException if it cannot
     */
    static void prepareJvm() {
        JvmOpens.ensure();
        checkSerialFilter();
        setUnlessSet(IgniteSystemProperties.IGNITE_UPDATE_NOTIFIER, "false");
        setUnlessSet(IgniteSystemProperties.IGNITE_PAGE_LOCK_TRACKER_TYPE, "-1");
    }

    private static void setUnlessSet(String property, String value) {
        if (IgniteSystemProperties.getString(property) == null) { // which also looks at the environment
            System.setProperty(property, value);
        }
    }

    /** Ignite sets the serialization filter of the JVM, and will not start where another is. */
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

    /** Makes a server of these settings: with exactly these ports, and memory for records that grows up to that. */
    public static IgniteConfiguration server(
            IgniteConfiguration configuration, int discoveryPort, int communicationPort, long recordBytes) {
        InheritedSettings.checkServer(configuration.getLocalHost());
        TcpDiscoverySpi discovery = (TcpDiscoverySpi) configuration.getDiscoverySpi();
        discovery.setLocalPort(discoveryPort).setLocalPortRange(0);
        TcpCommunicationSpi communication = (TcpCommunicationSpi) configuration.getCommunicationSpi();
        communication.setLocalPort(communicationPort).setLocalPortRange(0);
        return configuration.setDataStorageConfiguration(memory(recordBytes));
    }

    /** Makes a server of these settings that is alone, listens nowhere, and has memory for records up to that. */
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
