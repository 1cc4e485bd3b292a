package io.github.ignitetasks.ignite.worker;

import io.github.ignitetasks.cluster.RecordCache;
import io.github.ignitetasks.worker.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.ignite.Ignite;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.affinity.AffinityTopologyVersion;
import org.apache.ignite.internal.processors.cache.CacheGroupContext;
import org.apache.ignite.internal.processors.cache.distributed.dht.topology.GridDhtPartitionTopology;
import org.apache.ignite.internal.util.typedef.internal.CU;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether each record is on as many nodes again as it is to be, so that none is lost if one more dies. Safe to share
 * between threads; does not block.
 */
final class Backups {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final Duration LOOK = Duration.ofMillis(20);

    /** So long is waited for them at most: a grid with much to copy is to go on meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GridKernalContext node;
    private final Timer timer;

    /** What waits; looked after by the timer while there is any; guarded by this. */
    private List<Waiting> waiting = new ArrayList<>();

    Backups(Ignite ignite, Timer timer) {
        this.node = ((IgniteEx) ignite).context();
        this.timer = timer;
    }

    private record Waiting(Collection<UUID> dead, Runnable action, long deadline) {
        boolean isLate() {
            return System.nanoTime() - deadline > 0;
        }
    }

    /** Runs an action once the grid has restored them after the death of these nodes, or has had time to. */
    void onceRestored(Collection<UUID> dead, Runnable action) {
        boolean first;
        synchronized (this) {
            waiting.add(new Waiting(dead, action, System.nanoTime() + PATIENCE.toNanos()));
            first = waiting.size() == 1;
        }
        if (first) {
            look();
        }
    }

    private void look() {
        List<Waiting> due = new ArrayList<>();
        boolean lookAgain;
        synchronized (this) {
            boolean restored = areRestored();
            List<Waiting> left = new ArrayList<>();
            for (Waiting each : waiting) {
                boolean go = each.isLate() || (restored && each.dead().stream().allMatch(this::isKnownToBeDead));
                (go ? due : left).add(each);
            }
            waiting = left;
            lookAgain = !left.isEmpty();
        }
        if (lookAgain) {
            timer.after(LOOK, this::look);
        }
        long late = due.stream().filter(Waiting::isLate).count();
        if (late > 0) {
            LOG.warn("{} tasks of dead nodes run now although the grid has not restored its backups yet", late);
        }
        due.forEach(each -> each.action().run());
    }

    private boolean areRestored() {
        CacheGroupContext records = node.cache().cacheGroup(CU.cacheId(RecordCache.NAME));
        if (records == null) {
            return false; // this node stops
        }
        GridDhtPartitionTopology partitions = records.topology();
        AffinityTopologyVersion ready = partitions.readyTopologyVersion();
        return ready.topologyVersion() == node.discovery().topologyVersion() && partitions.rebalanceFinished(ready);
    }

    private boolean isKnownToBeDead(UUID id) {
        return node.discovery().node(id) == null;
    }
}
