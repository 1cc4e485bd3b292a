package io.github.ignitetasks.cluster;

import io.github.ignitetasks.internal.node.NodeDrain;
import java.util.Optional;
import org.apache.ignite.Ignite;

/**
 * A running set of server nodes. The caller that started a cluster closes it.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface Cluster extends AutoCloseable {

    /**
     * Returns the address at which a client joins: {@code host:port}, or several of them separated by commas.
     *
     * @throws IllegalStateException if no client can join
     */
    String address();

    /** Returns whether clients can join. They cannot join an {@link EmbeddedCluster}, which serves its own JVM only. */
    default boolean isJoinable() {
        return true;
    }

    /**
     * Returns a node of this cluster in this JVM, if there is one. A runner uses that node directly and starts no
     * client.
     */
    default Optional<Ignite> ignite() {
        return Optional.empty();
    }

    /** Returns the TLS of a client that joins, unless its runner sets another. */
    default Tls tls() {
        return Tls.none();
    }

    /** Returns the number of running server nodes. */
    int nodes();

    /**
     * Starts or retires nodes, and waits until this many are running. A retired node starts no more calls and completes
     * the calls that it runs. It stops when other nodes have its records ({@link NodeDrain}).
     *
     * @param nodes the number of nodes, at least 1
     * @throws IllegalArgumentException if the number is not positive
     * @throws IllegalStateException if the cluster is closed, or this thread is interrupted while it waits
     * @throws UnsupportedOperationException if this cluster cannot change its size
     */
    void scale(int nodes);

    /** Stops all nodes and waits until they have stopped. A second call does nothing. */
    @Override
    void close();
}
