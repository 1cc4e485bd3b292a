package io.github.ignitetasks.cluster;

import io.github.ignitetasks.internal.tls.NodeTls;
import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;
import javax.cache.configuration.Factory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The TLS settings of a node, server or client: its own certificate, and the certificates that it trusts. Both sides of
 * a connection present a certificate. A connection succeeds if both certificates are trusted; host names are not
 * checked. The version is TLS 1.2, because connections of Ignite 2.17 hang with TLS 1.3.
 *
 * <pre>{@code
 * Tls tls = Tls.builder()
 *         .keyStore(Path.of("runner.p12"), "password-of-runner.p12")
 *         .trustStore(Path.of("grid.p12"), "password-of-grid.p12")
 *         .build();
 * TaskRunner runner = IgniteTaskRunner.builder().address("node1:47500").tls(tls).build();
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads. {@link #toString} reveals no passwords and no keys, but the serialized
 * form contains them.
 */
public final class Tls implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Tls NONE = new Tls(NodeTls.none());

    private final NodeTls nodeTls;

    private Tls(NodeTls nodeTls) {
        this.nodeTls = nodeTls;
    }

    static Tls of(NodeTls nodeTls) {
        return new Tls(nodeTls);
    }

    /** Returns the setting for no TLS: any process that reaches a node may join it. */
    public static Tls none() {
        return NONE;
    }

    /** Returns a new builder. */
    public static TlsBuilder builder() {
        return new TlsBuilder();
    }

    /**
     * Returns the settings from environment variables, or from system properties of the same names: {@code
     * IGNITE_TASKS_KEY_STORE}, {@code IGNITE_TASKS_KEY_STORE_PASSWORD}, {@code IGNITE_TASKS_TRUST_STORE} and {@code
     * IGNITE_TASKS_TRUST_STORE_PASSWORD}. If none of them is set, there is no TLS.
     *
     * @throws IllegalArgumentException if only some are set, or a file cannot be used; the message names the variable
     */
    public static Tls ofEnvironment() {
        return new Tls(NodeTls.ofEnvironment());
    }

    /**
     * Returns whether a {@link LocalCluster} generated these settings for itself because it was given none. Only
     * runners to which this program passes the cluster can join it then.
     */
    public boolean isOneTime() {
        return nodeTls.isOneTime();
    }

    /**
     * Returns the value for {@code sslContextFactory} in the Ignite configuration of a node; empty if there is no TLS.
     */
    public Optional<Factory<SSLContext>> sslContextFactory() {
        return nodeTls.sslContextFactory();
    }

    NodeTls nodeTls() {
        return nodeTls;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tls that && nodeTls.equals(that.nodeTls);
    }

    @Override
    public int hashCode() {
        return nodeTls.hashCode();
    }

    @Override
    public String toString() {
        return nodeTls.toString();
    }
}
