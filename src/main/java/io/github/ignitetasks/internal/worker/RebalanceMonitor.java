package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.compat.CacheInternals;
import io.github.ignitetasks.internal.compat.NodeInternals;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.execution.Timings;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.internal.node.SafeNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A monitor that waits until each record has all its backups again, so that one more death loses none. Safe to share
 * between threads; does not block.
 */
final class RebalanceMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(RebalanceMonitor.class);

    private final Ignite ignite;
    private final NodeInternals node;
    private final CacheInternals cache;
    private final DepartedNodes past;
    private final Timer timer;

    /** The calls that wait; the timer checks them while there are any; guarded by this. */
    private List<Waiting> waiting = new ArrayList<>();

    /** When this node was last the only server and expected another; guarded by this. */
    private long last = System.nanoTime();

    RebalanceMonitor(Ignite ignite, DepartedNodes past, Timer timer) {
        this.ignite = ignite;
        this.node = NodeInternals.of(ignite);
        this.cache = new CacheInternals(ignite, RecordCache.NAME);
        this.past = past;
        this.timer = timer;
    }

    private record Waiting(Collection<UUID> dead, Runnable action, long since) {}

    /** Runs an action once the grid has restored the backups after these deaths, or has had time to. */
    void onceRestored(Collection<UUID> dead, Runnable action) {
        boolean first;
        synchronized (this) {
            waiting.add(new Waiting(dead, action, System.nanoTime()));
            first = waiting.size() == 1;
        }
        if (first) {
            look();
        }
    }

    private void look() {
        List<Waiting> due = new ArrayList<>();
        boolean lookAgain;
        int late = 0;
        synchronized (this) {
            List<Waiting> left = new ArrayList<>();
            for (Waiting each : waiting) {
                boolean safe = isSafe(each);
                boolean over = !safe && isOver(each);
                (safe || over ? due : left).add(each);
                late += over ? 1 : 0;
            }
            waiting = left;
            lookAgain = !left.isEmpty();
        }
        if (lookAgain) {
            timer.after(Timings.REBALANCE_POLL, this::look);
        }
        if (late > 0) {
            LOG.warn("{} tasks of dead nodes run now although the grid has not restored its backups yet", late);
        }
        due.forEach(each -> each.action().run());
    }

    private boolean isSafe(Waiting each) {
        if (isToBeReplaced(each.dead())) { // first, because another server may join between the two checks
            last = System.nanoTime();
            return false;
        }
        return cache.isRebalanced() && each.dead().stream().allMatch(this::isKnownToBeDead);
    }

    /** Returns whether a call has waited long enough: for another server, and then for the backups there. */
    private boolean isOver(Waiting each) {
        long now = System.nanoTime();
        long sinceLast = Math.min(now - last, now - each.since());
        return sinceLast > Timings.REBALANCE.toNanos() || now - each.since() > Timings.REPLACEMENT.toNanos();
    }

    /** Returns whether this is the last server of a grid that soon gets a replacement for one of these nodes. */
    private boolean isToBeReplaced(Collection<UUID> dead) {
        ClusterNode local = node.localNode();
        return Boolean.TRUE.equals(local.attribute(SafeNode.REPLACED_ATTRIBUTE))
                && ignite.cluster().forServers().nodes().size() == 1
                && dead.stream().anyMatch(past::knows);
    }

    private boolean isKnownToBeDead(UUID id) {
        return !node.knows(id);
    }
}
