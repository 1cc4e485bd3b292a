package io.github.ignitetasks.cluster;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.tls.KeyStoreFile;
import io.github.ignitetasks.internal.tls.NodeTls;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Tls}. Each method opens its file and checks it at once; files are PKCS12 or JKS, by their content. Not
 * to be shared.
 */
public final class TlsBuilder {
    private @Nullable KeyStoreFile keyStore;
    private @Nullable KeyStoreFile trustStore;

    public TlsBuilder() {}

    /**
     * Sets the file with the private key of a node and the certificate that belongs to it.
     *
     * @param password of the file and of the key
     * @throws IllegalArgumentException if there is no such file, if it does not open, or if it has no private key
     */
    public TlsBuilder keyStore(Path file, String password) {
        keyStore = KeyStoreFile.ofKeys(
                "keyStore", requireNonNull(file, "keyStore"), requireNonNull(password, "keyStore password"));
        return this;
    }

    /**
     * Sets the file with the certificates that are trusted, and with them those that they have issued.
     *
     * @throws IllegalArgumentException if there is no such file, if it does not open, or if it has no certificate
     */
    public TlsBuilder trustStore(Path file, String password) {
        trustStore = KeyStoreFile.ofCertificates(
                "trustStore", requireNonNull(file, "trustStore"), requireNonNull(password, "trustStore password"));
        return this;
    }

    /**
     * Builds it.
     *
     * @throws IllegalArgumentException if one of both is not set
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
