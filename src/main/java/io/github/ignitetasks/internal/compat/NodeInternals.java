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

/** What a node of this JVM knows of itself. Safe to share between threads; only {@code awaitReady} blocks. */
public final class NodeInternals {
    private final GridKernalContext context;

    private NodeInternals(GridKernalContext context) {
        this.context = context;
    }

    /** Returns those of a started node, which must be Ignite's own object and no wrapper of it. */
    public static NodeInternals of(Ignite ignite) {
        return new NodeInternals(((IgniteEx) ignite).context());
    }

    /** Returns whether an object is Ignite's own, and not a wrapper such as {@code IgniteSpringBean}. */
    public static boolean isUnwrapped(Ignite ignite) {
        return ignite instanceof IgniteKernal;
    }

    /**
     * Stops a node once others have all its records. Ignite's public methods take the shutdown policy of the whole grid;
     * this takes it for one node.
     *
     * @return whether it was stopped; false if it had been before
     */
    public static boolean stopGracefully(Ignite ignite) {
        return IgnitionEx.stop(ignite.name(), true, ShutdownPolicy.GRACEFUL, false);
    }

    /** Returns whether the node has begun to stop, which it tells nobody before it has. */
    public boolean isStopping() {
        return context.isStopping();
    }

    /** Returns the node itself, also while it stops. */
    public ClusterNode localNode() {
        return context.discovery().localNode();
    }

    /** Returns whether the node knows another as alive; works while it stops, when its cluster refuses to tell. */
    public boolean knows(UUID id) {
        return context.discovery().node(id) != null;
    }

    /**
     * Waits until the partitions are as the latest change of the grid's nodes has them.
     *
     * @throws IgniteCheckedException if they are not in time
     */
    public void awaitReady(Duration timeout) throws IgniteCheckedException {
        context.cache()
                .context()
                .exchange()
                .affinityReadyFuture(context.discovery().topologyVersionEx())
                .get(timeout.toMillis());
    }

    /** Gives an object the resources that it asks for by Ignite's annotations, as jobs get them. */
    public void inject(Object target) throws IgniteCheckedException {
        context.resource().injectGeneric(target);
    }

    /**
     * Returns which share of the default data region is used, from 0 to 1; empty if that region is on disk too. The public
     * metrics of a region are off by default.
     */
    public Optional<Double> usedMemory() {
        DataRegion region;
        try {
            region = context.cache().context().database().dataRegion(null);
        } catch (IgniteCheckedException e) {
            throw new IllegalStateException("this node has no default data region", e);
        }
        if (region.config().isPersistenceEnabled()) {
            return Optional.empty();
        }
        PageMemory memory = region.pageMemory();
        return Optional.of(memory.loadedPages()
                * (double) memory.systemPageSize()
                / region.config().getMaxSize());
    }
}
