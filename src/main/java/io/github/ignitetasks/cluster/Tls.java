package io.github.ignitetasks.cluster;

import io.github.ignitetasks.internal.tls.NodeTls;
import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;
import javax.cache.configuration.Factory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of nodes, servers and clients alike: who one is, and whom it trusts. Each side of a connection asks the other
 * for its certificate; whoever has one that is trusted gets in, from whatever host. The version is TLS 1.2: with 1.3, connections of Ignite 2.17 stand still.
 *
 * <pre>{@code
 * Tls tls = Tls.builder()
 *         .keyStore(Path.of("runner.p12"), "password-of-runner.p12")
 *         .trustStore(Path.of("grid.p12"), "password-of-grid.p12")
 *         .build();
 * TaskRunner runner = IgniteTaskRunner.builder().address("node1:47500").tls(tls).build();
 * }</pre>
 *
 * <p>Immutable, safe to share. Its text has no passwords and no keys; its serialized form has.
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

    /** Returns the setting for no TLS: whoever reaches a node may join it. */
    public static Tls none() {
        return NONE;
    }

    /** Returns a builder. */
    public static TlsBuilder builder() {
        return new TlsBuilder();
    }

    /**
     * Returns what the environment says, or system properties of the same names: {@code IGNITE_TASKS_KEY_STORE},
     * {@code IGNITE_TASKS_KEY_STORE_PASSWORD}, {@code IGNITE_TASKS_TRUST_STORE} and
     * {@code IGNITE_TASKS_TRUST_STORE_PASSWORD}. If it has none of them, there is no TLS.
     *
     * @throws IllegalArgumentException if some are missing, or a file is not right; the message names the variable
     */
    public static Tls ofEnvironment() {
        return new Tls(NodeTls.ofEnvironment());
    }

    /**
     * Returns whether a {@link LocalCluster} has made it for itself, because it was given none: then nobody joins but
     * those whom this program hands the cluster.
     */
    public boolean isOneTime() {
        return nodeTls.isOneTime();
    }

    /** Returns what Ignite's configuration of a node takes as {@code sslContextFactory}; empty if there is no TLS. */
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
