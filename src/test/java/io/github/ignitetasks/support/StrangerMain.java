package io.github.ignitetasks.support;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.apache.ignite.ssl.SslContextFactory;

/**
 * Tries to enter a grid with Ignite alone, without the grid's secrets. This class needs no other class of this library.
 */
public final class StrangerMain {
    private static final long JOIN_TIMEOUT_MILLIS = 3_000;
    private static final int ANSWER_TIMEOUT_MILLIS = 3_000;

    private StrangerMain() {}

    /**
     * Arguments: {@code client} or {@code server}, an address, a work folder, and optionally a key store and its
     * password. Or: {@code bytes}, a port, and a file.
     */
    public static void main(String[] args) throws IOException {
        System.out.println("user " + System.getProperty("user.name"));
        if (args[0].equals("bytes")) {
            send(Integer.parseInt(args[1]), Files.readAllBytes(Path.of(args[2])));
        } else {
            join(args);
        }
    }

    private static void join(String[] args) {
        TcpDiscoverySpi discovery = new TcpDiscoverySpi();
        discovery.setIpFinder(new TcpDiscoveryVmIpFinder().setAddresses(List.of(args[1])));
        discovery.setJoinTimeout(JOIN_TIMEOUT_MILLIS);
        IgniteConfiguration configuration = new IgniteConfiguration()
                .setClientMode(args[0].equals("client"))
                .setLocalHost("127.0.0.1")
                .setWorkDirectory(args[2])
                .setDiscoverySpi(discovery);
        if (args.length > 3) {
            configuration.setSslContextFactory(tls(args[3], args[4]));
        }
        try (Ignite ignite = Ignition.start(configuration)) {
            System.out.println("joined " + ignite.cluster().nodes().size());
        } catch (IgniteException e) {
            System.out.println("refused " + e.getMessage());
        }
    }

    /** Returns a TLS factory that trusts every certificate. */
    private static SslContextFactory tls(String keyStore, String password) {
        SslContextFactory factory = new SslContextFactory();
        factory.setKeyStoreType("PKCS12");
        factory.setKeyStoreFilePath(keyStore);
        factory.setKeyStorePassword(password.toCharArray());
        factory.setTrustManagers(SslContextFactory.getDisabledTrustManager());
        return factory;
    }

    /** Sends bytes to a port. Prints the number of bytes that come back until the connection ends or falls silent. */
    private static void send(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            System.out.println("answered " + count(socket.getInputStream()));
        }
    }

    private static int count(InputStream in) throws IOException {
        int count = 0;
        try {
            while (in.read() >= 0) {
                count++;
            }
        } catch (SocketTimeoutException | SocketException e) {
            // the answer is over
        }
        return count;
    }
}
