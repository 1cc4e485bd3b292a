package io.github.ignitetasks.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.ignite.ForgottenRecords;
import io.github.ignitetasks.internal.node.NodeDrain;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.internal.node.SafeNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.cache.CacheGroupContext;
import org.apache.ignite.internal.processors.cache.distributed.dht.topology.GridDhtPartitionState;
import org.apache.ignite.internal.processors.cache.distributed.dht.topology.GridDhtPartitionTopology;
import org.apache.ignite.internal.util.typedef.internal.CU;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;

/** A server node in a JVM of its own. The JVM ends when its node stops or its standard input ends. */
final class WorkerMain {
    static final int SLOTS = 8;

    /** The line of input that asks for the node's view of the grid. */
    static final String TELL = "tell";

    /** The line of input that makes the node leave gracefully. */
    static final String RETIRE = "retire";

    /** The system property that makes the node record nothing, which breaks the promises. */
    static final String FORGET = "chaos.forget";

    private static final Duration GRACE = Duration.ofMinutes(1);

    private WorkerMain() {}

    /**
     * Arguments: the work folder, the failure detection timeout in milliseconds, the port, and all ports of the grid.
     */
    public static void main(String[] args) throws IOException {
        List<String> addresses =
                Arrays.stream(args).skip(3).map(port -> "127.0.0.1:" + port).toList();
        Ignition.addListener((name, state) -> {
            if (state != IgniteState.STARTED) {
                Runtime.getRuntime().halt(state == IgniteState.STOPPED ? 0 : 1);
            }
        });
        Ignite ignite = TestGrid.start(
                        Path.of(args[0]),
                        1,
                        node -> configure(node, Integer.parseInt(args[1]), Integer.parseInt(args[2]), addresses))
                .node(0);
        System.out.println("joined " + ignite.cluster().localNode().id());
        serve(ignite);
        Runtime.getRuntime().halt(0);
    }

    private static void configure(IgniteConfiguration node, int failureMillis, int port, List<String> addresses) {
        TcpDiscoverySpi discovery = (TcpDiscoverySpi) node.getDiscoverySpi();
        discovery.setLocalPort(port).setIpFinder(new TcpDiscoveryVmIpFinder().setAddresses(addresses));
        node.setFailureDetectionTimeout(failureMillis);
        if (Boolean.getBoolean(FORGET)) {
            node.setCacheConfiguration(ForgottenRecords.configuration());
        }
        node.setUserAttributes(Map.of(SafeNode.SLOTS_ATTRIBUTE, SLOTS));
    }

    private static void serve(Ignite ignite) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals(TELL)) {
                System.out.println("grid " + view(ignite));
            } else if (line.equals(RETIRE)) {
                new Thread(() -> retire(ignite), "retire").start();
            }
        }
    }

    private static void retire(Ignite ignite) {
        if (!NodeDrain.drain(ignite, GRACE)) {
            System.out.println("not drained after " + GRACE);
        }
        NodeDrain.leave(ignite);
    }

    /** Returns the number of servers, the topology version, and whether all partitions are restored. */
    private static String view(Ignite ignite) {
        String grid = ignite.cluster().forServers().nodes().size() + " servers, version "
                + ignite.cluster().topologyVersion();
        return grid + (isRestored(ignite) ? ", restored" : ", not restored");
    }

    private static boolean isRestored(Ignite ignite) {
        CacheGroupContext group = ((IgniteEx) ignite).context().cache().cacheGroup(CU.cacheId(RecordCache.NAME));
        if (group == null) {
            return false;
        }
        GridDhtPartitionTopology partitions = group.topology();
        return partitions.readyTopologyVersion().topologyVersion()
                        == ignite.cluster().topologyVersion()
                && !partitions.hasMovingPartitions()
                && Arrays.stream(ignite.affinity(RecordCache.NAME)
                                .allPartitions(ignite.cluster().localNode()))
                        .allMatch(part -> partitions.partitionState(
                                        ignite.cluster().localNode().id(), part)
                                == GridDhtPartitionState.OWNING);
    }
}
