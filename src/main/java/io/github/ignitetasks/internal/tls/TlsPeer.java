package io.github.ignitetasks.internal.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A remote node that is probed with TLS handshakes. No other data is sent to it.
 *
 * @param address the address at which the node listens
 */
public record TlsPeer(InetSocketAddress address) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

    /** The start of Java's message if the peer uses TLS but rejects the handshake. */
    private static final String ALERT = "Received fatal alert: ";

    /**
     * Returns the subject of the peer's certificate; empty if the peer does not use TLS.
     *
     * @throws SSLException if the peer uses TLS but rejects a handshake with this Java
     * @throws IOException if the peer does not answer in time
     */
    public Optional<String> certificate() throws IOException {
        Witness witness = new Witness();
        SSLSocket socket = connect(witness.context());
        try (socket) {
            socket.startHandshake();
        } catch (SSLException | SocketException e) {
            if (witness.seen == null && String.valueOf(e.getMessage()).startsWith(ALERT)) {
                throw e;
            }
        }
        return Optional.ofNullable(witness.seen)
                .map(seen -> seen.getSubjectX500Principal().getName());
    }

    /**
     * Checks that the peer accepts a node with this context. The check succeeds if this method throws nothing.
     *
     * @throws CertificateException if the peer's certificate is not trusted
     * @throws SSLException if the peer rejects the handshake; the message gives its reason
     * @throws IOException if the peer does not answer in time
     */
    public void shakeHands(SSLContext context) throws CertificateException, IOException {
        SSLSocket socket = connect(context);
        try (socket) {
            socket.startHandshake();
            if (endsWithin(socket)) {
                throw new SSLException("it ends the connection");
            }
        } catch (SSLException e) {
            if (e.getCause() instanceof CertificateException untrusted) {
                throw untrusted;
            }
            throw e;
        } catch (SocketException e) {
            throw new SSLException("it ends the connection", e);
        }
    }

    /**
     * Returns whether the peer closes the connection. A TLS 1.3 peer rejects in this way after the handshake has
     * completed here.
     */
    private static boolean endsWithin(SSLSocket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private SSLSocket connect(SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
        try {
            socket.connect(address, (int) CONNECT_TIMEOUT.toMillis());
            socket.setSoTimeout((int) ANSWER_TIMEOUT.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return "the node at " + address.getHostString() + ":" + address.getPort();
    }

    /** A trust manager that trusts no certificate but keeps the one it saw. */
    private static final class Witness implements X509TrustManager {
        private @Nullable X509Certificate seen;

        SSLContext context() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {this}, null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has TLS", e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
            seen = chain[0];
            throw new CertificateException("seen");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
            throw new CertificateException("this is no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
