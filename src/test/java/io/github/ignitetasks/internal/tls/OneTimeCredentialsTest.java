package io.github.ignitetasks.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Tests the key and the certificate that a local cluster makes for itself. */
final class OneTimeCredentialsTest {
    private static final NodeTls ONE = NodeTls.oneTime();
    private static final NodeTls OTHER = NodeTls.oneTime();

    @Test
    void whoHasThemGetsIn() throws Exception {
        assertThat(greet(ONE, ONE)).isEqualTo("hello".length());
    }

    @Test
    void whoHasOthersDoesNotBeHeServerOrClient() {
        assertThatThrownBy(() -> greet(ONE, OTHER)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> greet(OTHER, ONE)).isInstanceOf(IOException.class);
    }

    @Test
    void whoHasNoCertificateDoesNot() {
        assertThatThrownBy(() -> greet(ONE.sslContextFactory().orElseThrow().create(), anonymous()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void versionIsTheOneWithWhichConnectionsDoNotStandStill() {
        assertThat(ONE.sslContextFactory()
                        .orElseThrow()
                        .create()
                        .createSSLEngine()
                        .getEnabledProtocols())
                .containsExactly("TLSv1.2");
    }

    @Test
    void certificateIsOfItsOwnKeyAndDoesNotExpire() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        KeyPair keys = generator.generateKeyPair();
        byte[] bytes = SelfSignedCertificate.encode("CN=a name, O=with more than one part", keys);

        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));

        certificate.verify(keys.getPublic());
        certificate.checkValidity(Date.from(Instant.EPOCH));
        certificate.checkValidity(Date.from(Instant.parse("9999-12-31T23:59:59Z")));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=a name,O=with more than one part");
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
        assertThat(certificate.getSerialNumber().signum()).isGreaterThanOrEqualTo(0);
        assertThat(certificate.getEncoded()).isEqualTo(bytes);
        assertThatThrownBy(() -> certificate.verify(generator.generateKeyPair().getPublic()))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void certificateOfALongNameIsReadAsWell() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        List<Integer> lengths = new ArrayList<>(List.of(1, 60, 100, 127, 128, 200, 255, 256, 1_000, 30_000));

        for (int length : lengths) {
            byte[] bytes = SelfSignedCertificate.encode("CN=" + "n".repeat(length), keys);
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
            assertThat(certificate.getSubjectX500Principal().getName()).hasSize("CN=".length() + length);
        }
    }

    @Test
    void eachIsOfOneCluster() {
        assertThat(ONE.isOneTime()).isTrue();
        assertThat(NodeTls.none().isOneTime()).isFalse();
        assertThat(ONE).isNotEqualTo(OTHER).isNotEqualTo(NodeTls.none());
    }

    @Test
    void lineThatAProcessReadsIsWhatWasWritten() {
        assertThat(NodeTls.ofLine(ONE.toLine())).isEqualTo(ONE).hasSameHashCodeAs(ONE);
    }

    @Test
    void whatIsReadIsEqualToWhatWasWritten() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(ONE);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(ONE);
        }
    }

    @Test
    void textHasNoKey() {
        String key = ONE.toLine().split(" ", -1)[0];

        assertThat(Base64.getDecoder().decode(key)).isNotEmpty();
        assertThat(ONE.toString()).isEqualTo("TLS[a key of one cluster]");
        assertThat(ONE.sslContextFactory().orElseThrow().toString()).isEqualTo(ONE.toString());
    }

    private static int greet(NodeTls server, NodeTls client) throws Exception {
        return greet(
                server.sslContextFactory().orElseThrow().create(),
                client.sslContextFactory().orElseThrow().create());
    }

    /**
     * Lets a client read a greeting from a server that asks for its certificate, as nodes do. Returns the number of
     * bytes.
     */
    private static int greet(SSLContext server, SSLContext client) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (SSLServerSocket listening =
                (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            listening.setNeedClientAuth(true);
            CompletableFuture<Void> served = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.getOutputStream().write("hello".getBytes(US_ASCII));
                    served.complete(null);
                } catch (IOException e) {
                    served.completeExceptionally(e);
                }
            });
            thread.start();
            try (SSLSocket socket =
                    (SSLSocket) client.getSocketFactory().createSocket(loopback, listening.getLocalPort())) {
                return socket.getInputStream().readAllBytes().length;
            } finally {
                thread.join();
            }
        }
    }

    /** Returns a context that trusts every certificate and has no key. */
    private static SSLContext anonymous() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null,
                new javax.net.ssl.TrustManager[] {org.apache.ignite.ssl.SslContextFactory.getDisabledTrustManager()},
                null);
        return context;
    }
}
