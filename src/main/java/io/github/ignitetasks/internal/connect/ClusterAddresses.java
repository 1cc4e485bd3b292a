package io.github.ignitetasks.internal.connect;

import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.internal.execution.NamedThreads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current addresses of the nodes of a cluster. Each lookup queries the cluster on a separate thread, because the
 * cluster may be slow. If the cluster does not answer in time or has no node, the last answer remains valid. Safe for
 * use by many threads.
 */
final class ClusterAddresses implements Supplier<List<String>>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterAddresses.class);

    /** How long a lookup waits for the answer of the cluster. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final ThreadFactory THREADS = new NamedThreads("ignite-tasks-address");

    private final Cluster cluster;
    private List<String> known; // guarded by this
    private @Nullable FutureTask<List<String>> question; // guarded by this
    private boolean closed; // guarded by this

    /**
     * Queries the cluster on this thread.
     *
     * @throws IllegalStateException if the cluster has no node
     */
    ClusterAddresses(Cluster cluster) {
        this.cluster = cluster;
        this.known = ask();
    }

    private List<String> ask() {
        return ClientNode.split(cluster.address());
    }

    @Override
    public List<String> get() {
        Optional<FutureTask<List<String>>> asked = question();
        try {
            if (asked.isPresent()) {
                take(asked.get().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS));
            }
        } catch (TimeoutException e) {
            LOG.debug("{} does not say yet where its nodes are", cluster, e); // the next lookup reuses the query
        } catch (ExecutionException | CancellationException e) {
            LOG.debug("{} does not know where its nodes are", cluster, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node is stopping
        }
        return known();
    }

    /** Returns the pending query, or a new one; empty once this object is closed. */
    private synchronized Optional<FutureTask<List<String>>> question() {
        if (closed) {
            return Optional.empty();
        }
        FutureTask<List<String>> asked = question;
        if (asked == null || asked.isDone()) {
            asked = new FutureTask<>(this::ask);
            question = asked;
            THREADS.newThread(asked).start();
        }
        return Optional.of(asked);
    }

    private synchronized void take(List<String> answer) {
        known = answer;
    }

    private synchronized List<String> known() {
        return known;
    }

    /** Stops all queries, and interrupts a pending one. */
    @Override
    public synchronized void close() {
        closed = true;
        if (question != null) {
            question.cancel(true);
        }
    }
}
