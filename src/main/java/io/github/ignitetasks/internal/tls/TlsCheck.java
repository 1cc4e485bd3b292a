package io.github.ignitetasks.internal.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.cache.configuration.Factory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A check whether TLS kept a node from joining others. It performs TLS handshakes of its own. Ignite reports TLS
 * problems in many ways, and a rejected server may form a grid of its own.
 */
public final class TlsCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TlsCheck.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** The TLS alert with which a peer rejects the protocol version (RFC 5246, section 7.2). */
    private static final String NO_SUCH_VERSION = "protocol_version";

    private final IgniteConfiguration node;
    private final String setting;
    private final List<String> refusals = new ArrayList<>();
    private boolean welcome;

    private TlsCheck(IgniteConfiguration node, String setting) {
        this.node = node;
        this.setting = setting;
    }

    /**
     * Runs the check against the nodes that a node should join.
     *
     * @param node the configuration of the node
     * @param setting the user's name for the setting that gives the node TLS
     */
    public static TlsCheck of(IgniteConfiguration node, String setting) {
        TlsCheck check = new TlsCheck(node, setting);
        Optional<SSLContext> own;
        try {
            own = Optional.ofNullable(node.getSslContextFactory()).map(Factory::create);
        } catch (RuntimeException e) {
            check.refusals.add(setting + " cannot be used: " + e.getMessage());
            return check;
        }
        check.ask(own);
        return check;
    }

    /** Returns why TLS kept the node out, and the remedy; empty if no peer rejected it. */
    public Optional<String> refusal() {
        return refusals.stream().findFirst();
    }

    /** Returns whether a peer has answered that would accept the node's TLS. */
    public boolean isWelcome() {
        return welcome;
    }

    private void ask(Optional<SSLContext> own) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        for (InetSocketAddress address : others()) {
            if (System.nanoTime() > deadline) {
                return;
            }
            try {
                refusal(new TlsPeer(address), own).ifPresentOrElse(refusals::add, () -> welcome = true);
            } catch (IOException e) {
                LOG.debug("{} does not answer", address, e);
            }
        }
    }

    private Optional<String> refusal(TlsPeer peer, Optional<SSLContext> own) throws IOException {
        try {
            Optional<String> certificate = peer.certificate();
            if (certificate.filter(OneTimeCredentials.SUBJECT::equals).isPresent()) {
                return refusalOfLocalCluster(peer, own);
            }
            if (own.isPresent() && certificate.isPresent()) {
                return refusal(peer, own.get(), certificate.get());
            }
            return own.isPresent()
                    ? Optional.of(peer + " has no TLS, and this one has; set it up there too, or leave out " + setting)
                    : certificate.map(name -> peer + " asks for TLS, and this one has none; set " + setting);
        } catch (SSLException e) {
            return Optional.of(nothingInCommon(peer, e));
        }
    }

    /**
     * Returns a refusal that describes only the peer. The node's own TLS is useless there, unless it is the cluster's
     * own.
     */
    private static Optional<String> refusalOfLocalCluster(TlsPeer peer, Optional<SSLContext> own) throws IOException {
        if (own.isPresent()) {
            try {
                peer.shakeHands(own.get());
                return Optional.empty();
            } catch (CertificateException | SSLException e) {
                LOG.debug("{} is of a LocalCluster that has other credentials", peer, e);
            }
        }
        return Optional.of(
                peer + " is of a LocalCluster without tls, which lets in only runners that are given the"
                        + " running cluster; give the runner that by cluster(...), or give the LocalCluster and this one a tls");
    }

    private Optional<String> refusal(TlsPeer peer, SSLContext own, String certificate) throws IOException {
        try {
            peer.shakeHands(own);
            return Optional.empty();
        } catch (CertificateException e) {
            return Optional.of("this node does not trust the certificate of " + peer + ", " + certificate + ": "
                    + e.getMessage() + "; add it, or who issued it, to the trust store here");
        } catch (SSLException e) {
            if (String.valueOf(e.getMessage()).endsWith(NO_SUCH_VERSION)) {
                return Optional.of(nothingInCommon(peer, e));
            }
            return Optional.of(peer + " does not accept the certificate of this one, " + ownCertificate() + ": "
                    + e.getMessage() + "; add it, or who issued it, to the trust store there");
        }
    }

    private static String nothingInCommon(TlsPeer peer, SSLException problem) {
        return peer + " and this one have no version or cipher of TLS in common (" + problem.getMessage()
                + "); allow TLS 1.2 there, which is what this one talks";
    }

    private String ownCertificate() {
        if (node.getSslContextFactory() instanceof SslContextFactory factory) {
            KeyStoreFile keys = new KeyStoreFile(
                    factory.getKeyStoreFilePath(),
                    factory.getKeyStoreType(),
                    new String(factory.getKeyStorePassword()));
            return keys.chains().get(0)[0].getSubjectX500Principal().getName();
        }
        return "which its factory knows";
    }

    /** Returns the configured addresses. Those of a server itself are left out, because it may be listed among them. */
    private List<InetSocketAddress> others() {
        if (!(node.getDiscoverySpi() instanceof TcpDiscoverySpi discovery)
                || discovery.getIpFinder() == null
                || discovery.getIpFinder().isShared()) {
            return List.of(); // discovery finds them without configured addresses
        }
        return discovery.getIpFinder().getRegisteredAddresses().stream()
                .filter(address -> !address.isUnresolved())
                .map(address -> address.getPort() == 0
                        ? new InetSocketAddress(address.getAddress(), TcpDiscoverySpi.DFLT_PORT)
                        : address)
                .filter(address -> Boolean.TRUE.equals(node.isClientMode()) || !isOwn(address, discovery))
                .toList();
    }

    private static boolean isOwn(InetSocketAddress address, TcpDiscoverySpi discovery) {
        int port = address.getPort() - discovery.getLocalPort();
        return port >= 0 && port <= discovery.getLocalPortRange() && isOfThisMachine(address.getAddress());
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}
