package io.github.ignitetasks.internal.tls;

import io.github.ignitetasks.cluster.LocalCluster;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.cache.configuration.Factory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a node, or none. It can be written as a line of text, to give it to another process.
 *
 * <p>Immutable, safe to share. Its text has no passwords and no keys; its serialized form has.
 */
public final class NodeTls implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final NodeTls NONE = new NodeTls(null);

    /**
     * The version that nodes talk. TLS 1.3 has messages after the handshake, such as session tickets. Ignite 2.17 may
     * leave data that arrives together with them unread until more arrives.
     */
    static final String VERSION = "TLSv1.2";

    private final @Nullable Credentials credentials;

    private NodeTls(@Nullable Credentials credentials) {
        this.credentials = credentials;
    }

    public NodeTls(KeyStoreFile key, KeyStoreFile trusted) {
        this(new KeyStoreCredentials(key, trusted));
    }

    /** Makes a key that nobody else has, for nodes that trust it alone. */
    public static NodeTls oneTime() {
        return new NodeTls(OneTimeCredentials.make());
    }

    /** Returns that there is none: whoever reaches a node may join it. */
    public static NodeTls none() {
        return NONE;
    }

    /**
     * Returns what the environment says, or system properties of the same names: {@code IGNITE_TASKS_KEY_STORE},
     * {@code IGNITE_TASKS_KEY_STORE_PASSWORD}, {@code IGNITE_TASKS_TRUST_STORE} and
     * {@code IGNITE_TASKS_TRUST_STORE_PASSWORD}. If it has none of them, there is no TLS.
     *
     * @throws IllegalArgumentException if some are missing, or a file is not right; the message names the variable
     */
    public static NodeTls ofEnvironment() {
        return new TlsEnvironment(name -> Optional.ofNullable(System.getProperty(name))
                        .or(() -> Optional.ofNullable(System.getenv(name))))
                .read();
    }

    /**
     * Returns whether a {@link LocalCluster} has made it for itself, because it was given none: then nobody joins but
     * those whom this program hands the cluster.
     */
    public boolean isOneTime() {
        return credentials instanceof OneTimeCredentials;
    }

    /** Returns what Ignite's configuration of a node takes as {@code sslContextFactory}; empty if there is no TLS. */
    public Optional<Factory<SSLContext>> sslContextFactory() {
        return Optional.ofNullable(credentials).map(Credentials::sslContextFactory);
    }

    /**
     * Checks that nodes which all have this would let each other in.
     *
     * @throws IllegalArgumentException if they would not; the message names both files
     */
    public void checkTrustsItself() {
        if (credentials instanceof KeyStoreCredentials stores
                && !stores.trusted().trusts(stores.key())) {
            throw new IllegalArgumentException("trustStore '" + stores.trusted() + "' does not trust the certificate of"
                    + " keyStore '" + stores.key() + "', so nodes that have both would not let each other in; add it,"
                    + " or who issued it");
        }
    }

    /** Returns it as a line of text, passwords and all, for the standard input of a process. */
    public String toLine() {
        return credentials == null ? "" : credentials.toWords().collect(Collectors.joining(" "));
    }

    public static NodeTls ofLine(String line) {
        if (line.isEmpty()) {
            return none();
        }
        return new NodeTls(Credentials.ofWords(List.of(line.split(" ", -1))));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NodeTls that && Objects.equals(credentials, that.credentials);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(credentials);
    }

    @Override
    public String toString() {
        return credentials == null ? "no TLS" : "TLS" + credentials;
    }
}
