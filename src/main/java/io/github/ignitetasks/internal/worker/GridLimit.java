package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.compat.TopologyMonitor;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.execution.Timings;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.PermitRecord;
import io.github.ignitetasks.internal.protocol.PermitRecord.Share;
import io.github.ignitetasks.internal.protocol.Records;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's part of a limit that holds for the whole grid. All nodes note in one {@link PermitRecord} how many permits
 * they hold. A node takes more when a slot is free and a call waits for a permit, and gives back those that it does not
 * use. If calls of other nodes wait too, a node keeps its permits for a moment only, and then gives each one back when
 * its call ends.
 *
 * <p>The share of a node that has left counts no more. A write is believed only if the grid did not change meanwhile.
 *
 * <p>Safe to share between threads; does not block.
 */
final class GridLimit {
    private static final Logger LOG = LoggerFactory.getLogger(GridLimit.class);

    private final String name;
    private final String key;
    private final UUID node;
    private final Predicate<UUID> isAlive;
    private final Records records;
    private final TopologyMonitor changes;
    private final Timer timer;
    private final IntSupplier slots;
    private final Runnable retry;
    private final AsyncGrid grid;

    private int most; // guarded by this
    private int held; // guarded by this
    private int inUse; // guarded by this
    private long heldSince; // guarded by this

    /** Whether a call found no permit since the last look; guarded by this. */
    private boolean missed;

    /** Whether calls of other nodes wait for permits, as of the last look; guarded by this. */
    private boolean othersWait;

    /** Whether a look is under way or due at once; guarded by this. */
    private boolean looking;

    /** Whether a later look is due; guarded by this. */
    private boolean ticking;

    /**
     * Makes the part of a node.
     *
     * @param name the name of the limit
     * @param node the id of the node
     * @param isAlive returns whether the grid has a node
     * @param slots returns how many calls the node runs at a time
     * @param retry starts calls that have their permits now
     */
    GridLimit(
            String name,
            UUID node,
            Predicate<UUID> isAlive,
            Records records,
            Timer timer,
            IntSupplier slots,
            Runnable retry) {
        this.name = name;
        this.key = PermitRecord.key(name);
        this.node = node;
        this.isAlive = isAlive;
        this.records = records;
        this.changes = records.changes();
        this.timer = timer;
        this.slots = slots;
        this.retry = retry;
        this.grid = new AsyncGrid(action -> timer.after(Duration.ZERO, action));
    }

    /** Takes a permit that the node holds; if there is none, returns false, and the node tries to get one. */
    synchronized boolean tryTake(int limit) {
        most = limit;
        if (inUse < Math.min(held, limit)) {
            inUse++;
            return true;
        }
        missed = true;
        lookNow();
        return false;
    }

    /** Gives a permit back to the node, which may use it again. */
    synchronized void giveBack() {
        inUse--;
        if (othersWait && isLeaseOver()) {
            lookNow();
        } else {
            lookLater();
        }
    }

    private boolean isLeaseOver() {
        return System.nanoTime() - heldSince > Timings.PERMIT_LEASE.toNanos();
    }

    private void lookNow() {
        if (!looking) {
            looking = true;
            timer.after(Duration.ZERO, this::look);
        }
    }

    private synchronized void lookLater() {
        if (!ticking) {
            ticking = true;
            timer.after(Timings.PERMIT_LOOK.delayAfter(1), this::tick);
        }
    }

    /** Lets waiting calls try again, so that they tell whether they still miss a permit, and looks at the record. */
    private void tick() {
        synchronized (this) {
            ticking = false;
            missed = false;
        }
        retry.run();
        synchronized (this) {
            lookNow();
        }
    }

    private void look() {
        TopologyMonitor.Moment before = changes.now();
        grid.ask(() -> records.get(key), found -> onFound(PermitRecord.read(found), before), this::onProblem);
    }

    private void onFound(PermitRecord found, TopologyMonitor.Moment before) {
        PermitRecord living = found;
        int ofOthers = 0;
        boolean othersMiss = false;
        for (Map.Entry<UUID, Share> other : found.shares().entrySet()) {
            if (other.getKey().equals(node)) {
                continue;
            }
            if (isAlive.test(other.getKey())) {
                ofOthers += other.getValue().held();
                othersMiss |= other.getValue().wanted() > other.getValue().held();
            } else {
                living = living.with(other.getKey(), new Share(0, 0));
            }
        }
        // the slots are asked first: they call this object under their lock, so it never calls them under its own
        Share share = share(ofOthers, othersMiss, slots.getAsInt());
        PermitRecord next = living.with(node, share);
        if (next.equals(found)) {
            onSettled(share, before);
        } else {
            grid.ask(
                    () -> records.replace(key, found, next),
                    replaced -> {
                        if (replaced) {
                            onSettled(share, before);
                        } else {
                            onProblem(new IllegalStateException("another node was first"));
                        }
                    },
                    this::onProblem);
        }
    }

    /** Returns the share that the node should have now. What it gives back is out of use from now on. */
    private synchronized Share share(int ofOthers, boolean othersMiss, int slotsOfNode) {
        othersWait = othersMiss;
        int wanted = missed ? Math.max(inUse, Math.min(most, slotsOfNode)) : inUse;
        int free = Math.max(0, most - ofOthers);
        boolean isToGiveBack = othersMiss && held > 0 && isLeaseOver();
        int next = isToGiveBack ? inUse : Math.max(inUse, Math.min(wanted, free));
        held = Math.min(held, next);
        return new Share(next, wanted);
    }

    /** Uses the share that the record has, unless the grid has changed meanwhile. */
    private void onSettled(Share share, TopologyMonitor.Moment before) {
        boolean isSure = !changes.since(before);
        boolean more;
        synchronized (this) {
            looking = false;
            more = isSure && share.held() > held;
            if (more) {
                heldSince = held == 0 ? System.nanoTime() : heldSince;
                held = share.held();
            }
            if (held > 0 || share.held() > 0 || share.wanted() > 0) {
                lookLater();
            }
        }
        if (more) {
            retry.run();
        }
    }

    private void onProblem(RuntimeException problem) {
        LOG.debug("the record of limit '{}' was not changed: {}", name, problem.toString());
        synchronized (this) {
            looking = false;
            lookLater();
        }
    }
}
