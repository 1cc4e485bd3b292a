package io.github.ignitetasks.internal.connect;

import io.github.ignitetasks.cluster.ClientCustomizer;
import io.github.ignitetasks.internal.compat.BufferedLog;
import io.github.ignitetasks.internal.folder.WorkFolder;
import io.github.ignitetasks.internal.node.InheritedSettings;
import io.github.ignitetasks.internal.node.NodeStart;
import io.github.ignitetasks.internal.node.SafeNode;
import io.github.ignitetasks.internal.tls.TlsCheck;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.configuration.DeploymentMode;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client node of a grid. It keeps no records and runs no calls.
 *
 * @param ignite the node
 * @param work the work directory of the node
 */
public record ClientNode(Ignite ignite, WorkFolder work) {
    private static final Logger LOG = LoggerFactory.getLogger(ClientNode.class);

    /** The default time that a client looks for its grid. */
    static final Duration JOIN_TIMEOUT = Duration.ofSeconds(15);

    /** A part of Ignite's message when the peer class loading of a grid differs from that of the joining node. */
    private static final Pattern OTHER_FLAG = Pattern.compile("rmtPeerClassLoading=(true|false)");

    private static final Pattern OTHER_MODE = Pattern.compile("rmtMode=(\\w+)");

    /** Returns the addresses of a comma-separated string. */
    public static List<String> split(String addresses) {
        return Arrays.stream(addresses.split(",", -1)).map(String::strip).toList();
    }

    /**
     * Joins the grid at these addresses.
     *
     * @throws IllegalStateException if no server answers in time, or the grid refuses the client; the message lists the
     *     addresses
     */
    public static ClientNode join(List<String> addresses, ClientCustomizer customizer) {
        return join(addresses, () -> addresses, customizer);
    }

    /**
     * Joins the grid of a cluster. If the client loses the grid, it looks for the cluster at the current addresses of
     * its nodes.
     */
    static ClientNode join(ClusterAddresses cluster, ClientCustomizer customizer) {
        return join(cluster.get(), cluster, customizer);
    }

    private static ClientNode join(
            List<String> addresses, Supplier<List<String>> current, ClientCustomizer customizer) {
        LOG.info("joining the grid at {}", addresses);
        PeerClassLoading peers = new PeerClassLoading(false, DeploymentMode.SHARED);
        for (int corrections = 0; ; corrections++) {
            WorkFolder work = WorkFolder.make();
            try {
                IgniteConfiguration configuration = configuration(addresses, current, customizer, peers, work);
                BufferedLog log = BufferedLog.of(configuration);
                try {
                    Ignite ignite = start(configuration, addresses);
                    rejoinWithoutBound(configuration);
                    LOG.info("joined the grid at {}, which has {}", addresses, peers);
                    return new ClientNode(ignite, work);
                } catch (IgniteException e) {
                    PeerClassLoading corrected = peers.correctedBy(e);
                    if (corrected.equals(peers) || corrections == 2) {
                        throw new IllegalStateException(
                                "cannot join a grid at " + addresses + ": " + reason(addresses, configuration, e), e);
                    }
                    log.drop();
                    peers = corrected;
                    work.close();
                } finally {
                    log.release();
                }
            } catch (RuntimeException | Error e) {
                work.close();
                throw e;
            }
        }
    }

    private static Ignite start(IgniteConfiguration configuration, List<String> addresses) {
        JoinProgress progress = JoinProgress.start(addresses, timeout(configuration));
        try {
            return NodeStart.start(configuration);
        } finally {
            progress.close();
        }
    }

    /** Returns how long a node tries to join; zero means without limit. */
    private static Duration timeout(IgniteConfiguration configuration) {
        return configuration.getDiscoverySpi() instanceof TcpDiscoverySpi discovery
                ? Duration.ofMillis(discovery.getJoinTimeout())
                : Duration.ZERO;
    }

    /** Lets the node try to reconnect for as long as it lives. With its join timeout it would stop instead. */
    private static void rejoinWithoutBound(IgniteConfiguration configuration) {
        if (configuration.getDiscoverySpi() instanceof TcpDiscoverySpi discovery) {
            discovery.setJoinTimeout(0);
        }
    }

    private static String reason(List<String> addresses, IgniteConfiguration configuration, IgniteException problem) {
        return TlsCheck.of(configuration, "tls")
                .refusal()
                .orElseGet(() -> lastMessage(problem) + ". As this host sees it: "
                        + check(addresses).describe());
    }

    private static IgniteConfiguration configuration(
            List<String> addresses,
            Supplier<List<String>> current,
            ClientCustomizer customizer,
            PeerClassLoading peers,
            WorkFolder work) {
        InheritedSettings.checkClient();
        IgniteConfiguration configuration =
                SafeNode.configuration(localAddressTo(addresses), addresses, JOIN_TIMEOUT.toMillis(), work);
        TcpDiscoverySpi discovery = (TcpDiscoverySpi) configuration.getDiscoverySpi();
        discovery.setIpFinder(new GridAddresses(discovery, current));
        configuration.setClientMode(true);
        configuration.setPeerClassLoadingEnabled(peers.enabled());
        configuration.setDeploymentMode(peers.mode());
        String name = configuration.getIgniteInstanceName();
        customizer.customize(configuration);
        checkUnchanged("clientMode", true, configuration.isClientMode());
        checkUnchanged("igniteInstanceName", name, configuration.getIgniteInstanceName());
        return configuration;
    }

    /** Leaves the grid. */
    public void close() {
        ignite.close();
        work.close();
    }

    private static void checkUnchanged(String setting, Object own, Object customized) {
        if (!Objects.equals(own, customized)) {
            throw new IllegalStateException("clientConfiguration changed " + setting + " from '" + own + "' to '"
                    + customized + "', which the runner sets itself; leave it as it is");
        }
    }

    private static String localAddressTo(List<String> addresses) {
        AddressCheck check = check(addresses);
        return check.localAddress()
                .orElseThrow(() ->
                        new IllegalStateException("cannot join a grid at " + addresses + ": " + check.describe()));
    }

    private static AddressCheck check(List<String> addresses) {
        return new AddressCheck(addresses.stream().map(GridAddress::parse).toList());
    }

    private static String lastMessage(Throwable thrown) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage());
    }

    /** The settings that must be the same on all nodes of a grid. */
    private record PeerClassLoading(boolean enabled, DeploymentMode mode) {

        PeerClassLoading correctedBy(Throwable refusal) {
            PeerClassLoading corrected = this;
            for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
                String message = String.valueOf(cause.getMessage());
                Matcher flag = OTHER_FLAG.matcher(message);
                if (flag.find()) {
                    corrected = new PeerClassLoading(Boolean.parseBoolean(flag.group(1)), corrected.mode);
                }
                Matcher otherMode = OTHER_MODE.matcher(message);
                if (otherMode.find()) {
                    // Ignite compares the mode before the flag. A grid with another mode is assumed to have peer class
                    // loading on.
                    corrected = new PeerClassLoading(true, DeploymentMode.valueOf(otherMode.group(1)));
                }
            }
            return corrected;
        }

        @Override
        public String toString() {
            return enabled ? "peer class loading on, in mode " + mode : "peer class loading off";
        }
    }
}
