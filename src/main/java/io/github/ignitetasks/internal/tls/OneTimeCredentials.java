package io.github.ignitetasks.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.configuration.Factory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.ignite.ssl.AbstractSslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that a local cluster generates for itself when it starts: a key, and the certificate of that key. Only
 * this certificate is trusted, so a process without the key cannot join. The credentials exist only in memory.
 */
public final class OneTimeCredentials implements Credentials {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The number of words of these credentials. */
    static final int WORDS = 2;

    /** The subject of the certificate. It identifies the certificate in an error message. */
    public static final String SUBJECT = "CN=one-time certificate of a LocalCluster";

    private static final String KEY_TYPE = "EC";
    private static final String CURVE = "secp256r1";

    private final byte[] key; // in PKCS #8
    private final byte[] certificate; // in X.509

    private OneTimeCredentials(byte[] key, byte[] certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /**
     * Generates new credentials.
     *
     * @throws IllegalStateException if this Java does not support elliptic curves
     */
    static OneTimeCredentials make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(KEY_TYPE);
            generator.initialize(new ECGenParameterSpec(CURVE));
            KeyPair keys = generator.generateKeyPair();
            return new OneTimeCredentials(keys.getPrivate().getEncoded(), SelfSignedCertificate.encode(SUBJECT, keys));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "cannot make the key by which the nodes of a LocalCluster know each other (" + e
                            + "); add the module jdk.crypto.ec to the Java that runs this, or set tls of the LocalCluster",
                    e);
        }
    }

    @Override
    public Factory<SSLContext> sslContextFactory() {
        return new ContextFactory(this);
    }

    @Override
    public Stream<String> toWords() {
        return Stream.of(key, certificate).map(Base64.getEncoder()::encodeToString);
    }

    static OneTimeCredentials ofWords(List<String> words) {
        Base64.Decoder decoder = Base64.getDecoder();
        return new OneTimeCredentials(decoder.decode(words.get(0)), decoder.decode(words.get(1)));
    }

    /** Returns a key store with the key and its certificate. */
    private KeyStore store(char[] password) throws GeneralSecurityException, IOException {
        PrivateKey readKey = KeyFactory.getInstance(KEY_TYPE).generatePrivate(new PKCS8EncodedKeySpec(key));
        Certificate read =
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", readKey, password, new Certificate[] {read});
        store.setCertificateEntry("trusted", read);
        return store;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OneTimeCredentials that
                && Arrays.equals(key, that.key)
                && Arrays.equals(certificate, that.certificate);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(certificate);
    }

    @Override
    public String toString() {
        return "[a key of one cluster]";
    }

    /** A factory of the SSL context of such credentials. Ignite's own factory reads files. */
    private static final class ContextFactory extends AbstractSslContextFactory {
        @Serial
        private static final long serialVersionUID = 1L;

        /** A required but meaningless password: the store is never written. */
        private static final String STORE_PASSWORD = "in memory";

        /** The cheapest of the safe ciphers. Java would choose AES with 256 bits, which costs half as much again. */
        private static final String CIPHER = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

        private final OneTimeCredentials credentials;

        ContextFactory(OneTimeCredentials credentials) {
            this.credentials = credentials;
            setProtocols(NodeTls.VERSION);
            setCipherSuites(CIPHER);
        }

        @Override
        protected void checkParameters() {
            // no parameter can be missing
        }

        @Override
        protected KeyManager[] createKeyManagers() throws SSLException {
            try {
                char[] password = STORE_PASSWORD.toCharArray();
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(credentials.store(password), password);
                return factory.getKeyManagers();
            } catch (GeneralSecurityException | IOException e) {
                throw new SSLException("cannot use the key of the cluster", e);
            }
        }

        @Override
        protected TrustManager[] createTrustManagers() throws SSLException {
            try {
                TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX"); // ignores Java's default
                factory.init(credentials.store(STORE_PASSWORD.toCharArray()));
                return factory.getTrustManagers();
            } catch (GeneralSecurityException | IOException e) {
                throw new SSLException("cannot use the certificate of the cluster", e);
            }
        }

        @Override
        public String toString() {
            return "TLS" + credentials;
        }
    }
}
