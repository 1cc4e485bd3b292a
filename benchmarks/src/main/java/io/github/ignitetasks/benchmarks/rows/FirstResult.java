package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.folder.WorkFolder;
import io.github.ignitetasks.internal.node.SafeNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;

/** Programs that print the time until the result of their first task, in nanoseconds, and end at once. */
final class FirstResult {
    private FirstResult() {}

    private static void print(Callable<Integer> firstResult) throws Exception {
        long start = System.nanoTime();
        int result = firstResult.call();
        long nanos = System.nanoTime() - start;
        if (result == 1) {
            System.out.println(nanos);
            System.out.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    /** Gets the result from a runner that starts a node. */
    static final class OfRunner {
        private OfRunner() {}

        public static void main(String[] arguments) throws Exception {
            print(() -> {
                TaskSession session = IgniteTaskRunner.create().start();
                return session.submit("first", Body.SMALL.ours(0)).result();
            });
        }
    }

    /**
     * Gets the result from Ignite alone, on a node with the same settings. The settings are internal, because users do
     * not need them: a runner applies them to the node that it starts. The peer's node must have no runner.
     */
    static final class OfIgnite {
        private OfIgnite() {}

        public static void main(String[] arguments) throws Exception {
            print(() -> {
                Ignite ignite = Ignition.start(settings());
                return ignite.compute().call(Body.SMALL.ignites(0));
            });
        }

        private static IgniteConfiguration settings() throws IOException {
            int port = freePort();
            IgniteConfiguration settings =
                    SafeNode.configuration("127.0.0.1", List.of("127.0.0.1:" + port), 10_000, WorkFolder.make());
            TcpDiscoverySpi discovery = (TcpDiscoverySpi) settings.getDiscoverySpi();
            discovery.setLocalPort(port).setLocalPortRange(0);
            return settings.setCommunicationSpi(
                            new TcpCommunicationSpi().setLocalPort(freePort()).setLocalPortRange(0))
                    .setDataStorageConfiguration(new DataStorageConfiguration()
                            .setDefaultDataRegionConfiguration(
                                    new DataRegionConfiguration().setInitialSize(64L << 20)));
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }
}
