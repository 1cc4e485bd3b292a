package io.github.ignitetasks.internal.compat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCheckedException;
import org.apache.ignite.ShutdownPolicy;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.IgniteKernal;
import org.apache.ignite.internal.IgnitionEx;
import org.apache.ignite.internal.pagemem.PageMemory;
import org.apache.ignite.internal.processors.cache.persistence.DataRegion;

/**
 * Internal state of a node of this JVM. Safe for use by many threads; only {@code awaitReady} and {@code
 * stopGracefully} block.
 */
public final class NodeInternals {
    private final GridKernalContext context;

    private NodeInternals(GridKernalContext context) {
        this.context = context;
    }

    /** Returns the internal state of a started node. The argument must be Ignite's own object and not a wrapper. */
    public static NodeInternals of(Ignite ignite) {
        return new NodeInternals(((IgniteEx) ignite).context());
    }

    /** Returns whether an object is Ignite's own, and not a wrapper such as {@code IgniteSpringBean}. */
    public static boolean isUnwrapped(Ignite ignite) {
        return ignite instanceof IgniteKernal;
    }

    /**
     * Stops a node once other nodes have all its records. Ignite's public methods take the shutdown policy from the
     * whole grid; this method sets it for one node.
     *
     * @return true if this call stopped the node; false if it was stopped before
     */
    public static boolean stopGracefully(Ignite ignite) {
        return IgnitionEx.stop(ignite.name(), true, ShutdownPolicy.GRACEFUL, false);
    }

    /** Returns whether the node has begun to stop. Public Ignite methods reveal this only once the node has stopped. */
    public boolean isStopping() {
        return context.isStopping();
    }

    /** Returns the local node, even while it stops. */
    public ClusterNode localNode() {
        return context.discovery().localNode();
    }

    /**
     * Returns whether the node sees another node as alive. This works while the node stops, when its public cluster API
     * refuses.
     */
    public boolean knows(UUID id) {
        return context.discovery().node(id) != null;
    }

    /**
     * Waits until the assignment of partitions matches the latest topology.
     *
     * @throws IgniteCheckedException if the timeout expires
     */
    public void awaitReady(Duration timeout) throws IgniteCheckedException {
        context.cache()
                .context()
                .exchange()
                .affinityReadyFuture(context.discovery().topologyVersionEx())
                .get(timeout.toMillis());
    }

    /** Injects the resources that an object requests with Ignite's annotations, as Ignite does for jobs. */
    public void inject(Object target) throws IgniteCheckedException {
        context.resource().injectGeneric(target);
    }

    /**
     * Returns the used share of the default data region, from 0 to 1; empty if that region is persistent. The public
     * metrics of a region are off by default.
     */
    public Optional<Double> usedMemory() {
        return usedBytes().map(bytes -> bytes / (double) region().config().getMaxSize());
    }

    /** Returns how many bytes of the default data region are used; empty if that region is persistent. */
    public Optional<Long> usedBytes() {
        DataRegion region = region();
        if (region.config().isPersistenceEnabled()) {
            return Optional.empty();
        }
        PageMemory memory = region.pageMemory();
        return Optional.of(memory.loadedPages() * memory.systemPageSize());
    }

    private DataRegion region() {
        try {
            return context.cache().context().database().dataRegion(null);
        } catch (IgniteCheckedException e) {
            throw new IllegalStateException("this node has no default data region", e);
        }
    }
}
