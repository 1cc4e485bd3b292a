package io.github.ignitetasks.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.cluster.Tls;
import io.github.ignitetasks.support.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsCheckTest {
    @Test
    void serverThatTalksAnotherVersionAloneIsToldToAllowOurs(@TempDir Path folder) throws Exception {
        Identity node = Identity.make(folder, "node");
        Tls tls = node.trusting(Identity.trust(folder.resolve("trust.p12"), node));
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Thread serving;
        try (SSLServerSocket server = (SSLServerSocket) tls.sslContextFactory()
                .orElseThrow()
                .create()
                .getServerSocketFactory()
                .createServerSocket(0, 10, loopback)) {
            server.setEnabledProtocols(new String[] {"TLSv1.3"});
            serving = new Thread(() -> shakeHandsUntilClosed(server));
            serving.start();

            TlsCheck check = TlsCheck.of(client(server.getLocalPort(), tls), "tls");

            assertThat(check.refusal().orElseThrow())
                    .startsWith("the node at " + loopback.getHostAddress() + ":" + server.getLocalPort()
                            + " and this one have no version or cipher of TLS in common (")
                    .endsWith("); allow TLS 1.2 there, which is what this one talks");
        }
        serving.join();
    }

    private static void shakeHandsUntilClosed(SSLServerSocket server) {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.startHandshake();
            } catch (IOException e) {
                // the handshake failed, or the test closed the server
            }
        }
    }

    private static IgniteConfiguration client(int port, Tls tls) {
        TcpDiscoveryVmIpFinder addresses = new TcpDiscoveryVmIpFinder();
        addresses.setAddresses(List.of("127.0.0.1:" + port));
        return new IgniteConfiguration()
                .setClientMode(true)
                .setSslContextFactory(tls.sslContextFactory().orElseThrow())
                .setDiscoverySpi(new TcpDiscoverySpi().setIpFinder(addresses));
    }
}
