package io.github.ignitetasks.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;

/**
 * A server of another application's grid, with a cache of that application. The server knows nothing of this library,
 * so this class uses nothing but Ignite. All other settings, such as the failure handler, are Ignite's defaults.
 */
public final class PlainServerMain {
    static final int ENTRIES = 200;

    private PlainServerMain() {}

    /** Serves until the standard input ends. Arguments: the port, the addresses of the grid, and the work folder. */
    public static void main(String[] args) throws IOException {
        TcpDiscoverySpi discovery = new TcpDiscoverySpi();
        discovery.setLocalPort(Integer.parseInt(args[0])).setLocalPortRange(0);
        discovery.setIpFinder(new TcpDiscoveryVmIpFinder().setAddresses(Arrays.asList(args[1].split(","))));
        IgniteConfiguration configuration = new IgniteConfiguration()
                .setLocalHost("127.0.0.1")
                .setConsistentId("plain-" + args[0])
                .setWorkDirectory(args[2])
                .setDiscoverySpi(discovery)
                .setConnectorConfiguration(null)
                .setClientConnectorConfiguration(null);
        Ignite ignite = Ignition.start(configuration);
        IgniteCache<Integer, String> cache =
                ignite.getOrCreateCache(new CacheConfiguration<Integer, String>("application").setBackups(1));
        for (int i = 0; i < ENTRIES; i++) {
            cache.putIfAbsent(i, "value " + i);
        }
        System.out.println("serves");
        serve(ignite, cache);
        Ignition.stopAll(true);
    }

    /** Answers each line of input with the servers, entries and caches that the node sees. */
    private static void serve(Ignite ignite, IgniteCache<Integer, String> cache) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            int entries = 0;
            for (int i = 0; i < ENTRIES; i++) {
                if (("value " + i).equals(cache.get(i))) {
                    entries++;
                }
            }
            System.out.println("sees " + ignite.cluster().forServers().nodes().size() + " servers, " + entries
                    + " entries, caches " + new TreeSet<>(ignite.cacheNames()));
        }
    }
}
