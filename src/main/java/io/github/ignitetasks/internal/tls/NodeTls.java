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
 * The credentials of a node, or none. They can be written as a line of text, to pass them to another process.
 *
 * <p>Immutable and safe for use by many threads. {@link #toString} reveals no passwords and no keys, but the serialized
 * form contains them.
 */
public final class NodeTls implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final NodeTls NONE = new NodeTls(null);

    /**
     * The protocol version of connections between nodes. TLS 1.3 sends messages after the handshake, such as session
     * tickets. Ignite 2.17 may leave data that arrives together with them unread until more data arrives.
     */
    static final String VERSION = "TLSv1.2";

    private final @Nullable Credentials credentials;

    private NodeTls(@Nullable Credentials credentials) {
        this.credentials = credentials;
    }

    public NodeTls(KeyStoreFile key, KeyStoreFile trusted) {
        this(new KeyStoreCredentials(key, trusted));
    }

    /** Returns new credentials with a generated key, for nodes that trust only this key. */
    public static NodeTls oneTime() {
        return new NodeTls(OneTimeCredentials.make());
    }

    /** Returns the setting for no TLS: any process that reaches a node may join it. */
    public static NodeTls none() {
        return NONE;
    }

    /**
     * Returns the credentials from environment variables, or from system properties of the same names: {@code
     * IGNITE_TASKS_KEY_STORE}, {@code IGNITE_TASKS_KEY_STORE_PASSWORD}, {@code IGNITE_TASKS_TRUST_STORE} and {@code
     * IGNITE_TASKS_TRUST_STORE_PASSWORD}. If none of them is set, there is no TLS.
     *
     * @throws IllegalArgumentException if only some are set, or a file cannot be used; the message names the variable
     */
    public static NodeTls ofEnvironment() {
        return new TlsEnvironment(name -> Optional.ofNullable(System.getProperty(name))
                        .or(() -> Optional.ofNullable(System.getenv(name))))
                .read();
    }

    /**
     * Returns whether a {@link LocalCluster} generated these credentials for itself because it was given none. Only
     * runners to which this program passes the cluster can join it then.
     */
    public boolean isOneTime() {
        return credentials instanceof OneTimeCredentials;
    }

    /**
     * Returns the value for {@code sslContextFactory} in the Ignite configuration of a node; empty if there is no TLS.
     */
    public Optional<Factory<SSLContext>> sslContextFactory() {
        return Optional.ofNullable(credentials).map(Credentials::sslContextFactory);
    }

    /**
     * Checks that nodes with these credentials trust each other.
     *
     * @throws IllegalArgumentException if they do not; the message names both files
     */
    public void checkTrustsItself() {
        if (credentials instanceof KeyStoreCredentials stores
                && !stores.trusted().trusts(stores.key())) {
            throw new IllegalArgumentException("trustStore '" + stores.trusted() + "' does not trust the certificate of"
                    + " keyStore '" + stores.key() + "', so nodes that have both would not let each other in; add it,"
                    + " or who issued it");
        }
    }

    /** Returns the credentials as a line of text, including passwords, for the standard input of a process. */
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
