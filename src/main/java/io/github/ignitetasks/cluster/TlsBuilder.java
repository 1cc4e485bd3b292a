package io.github.ignitetasks.cluster;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.tls.KeyStoreFile;
import io.github.ignitetasks.internal.tls.NodeTls;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A builder of {@link Tls}. Each method opens and checks its file at once. A file is PKCS12 or JKS; its content decides
 * which. Not safe for use by many threads.
 */
public final class TlsBuilder {
    private @Nullable KeyStoreFile keyStore;
    private @Nullable KeyStoreFile trustStore;

    public TlsBuilder() {}

    /**
     * Sets the file with the private key of a node and its certificate.
     *
     * @param password the password of both the file and the key
     * @throws IllegalArgumentException if there is no such file, if it cannot be opened, or if it has no private key
     */
    public TlsBuilder keyStore(Path file, String password) {
        keyStore = KeyStoreFile.ofKeys(
                "keyStore", requireNonNull(file, "keyStore"), requireNonNull(password, "keyStore password"));
        return this;
    }

    /**
     * Sets the file with the trusted certificates. A certificate that one of them issued is trusted too.
     *
     * @throws IllegalArgumentException if there is no such file, if it cannot be opened, or if it has no certificate
     */
    public TlsBuilder trustStore(Path file, String password) {
        trustStore = KeyStoreFile.ofCertificates(
                "trustStore", requireNonNull(file, "trustStore"), requireNonNull(password, "trustStore password"));
        return this;
    }

    /**
     * Builds the settings.
     *
     * @throws IllegalArgumentException if the key store or the trust store is not set
     */
    public Tls build() {
        return Tls.of(new NodeTls(checkSet("keyStore", keyStore), checkSet("trustStore", trustStore)));
    }

    private static KeyStoreFile checkSet(String setting, @Nullable KeyStoreFile file) {
        if (file == null) {
            throw new IllegalArgumentException(setting + " is not set; TLS needs a keyStore and a trustStore");
        }
        return file;
    }
}
