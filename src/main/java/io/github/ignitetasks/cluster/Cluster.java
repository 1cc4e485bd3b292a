package io.github.ignitetasks.cluster;

import io.github.ignitetasks.internal.node.NodeDrain;
import java.util.Optional;
import org.apache.ignite.Ignite;

/**
 * A running set of server nodes. Whoever started it closes it.
 *
 * <p>Implementations are safe to share between threads.
 */
public interface Cluster extends AutoCloseable {

    /**
     * Returns where a client joins: {@code host:port}, or several separated by commas.
     *
     * @throws IllegalStateException if no client can join
     */
    String address();

    /** Returns whether clients can join: not an {@link EmbeddedCluster}, which is its JVM's alone. */
    default boolean isJoinable() {
        return true;
    }

    /** Returns a node of this cluster in this JVM, if it has one: it is used as it is, and no client is started. */
    default Optional<Ignite> ignite() {
        return Optional.empty();
    }

    /** Returns the TLS with which a client joins, if its runner has no other. */
    default Tls tls() {
        return Tls.none();
    }

    /** Returns how many server nodes run. */
    int nodes();

    /**
     * Starts or retires nodes until so many run, and returns then. A node that is retired starts no more calls, ends those
     * that it runs, and ends itself when other nodes have its records ({@link NodeDrain}).
     *
     * @param nodes how many, from 1
     * @throws IllegalArgumentException if that is not positive
     * @throws IllegalStateException if the cluster is closed, or this thread is interrupted while it waits
     * @throws UnsupportedOperationException if this cluster cannot change its size
     */
    void scale(int nodes);

    /** Ends all nodes, and returns when they have ended. A second call does nothing. */
    @Override
    void close();
}
