package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.compat.TopologyMonitor;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.execution.Timings;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.PermitRecord;
import io.github.ignitetasks.internal.protocol.Records;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's part of a limit that holds for the whole grid. All nodes note in one {@link PermitRecord} how many permits
 * they hold. A node looks at it when a slot is free and a call waits for a permit, and from time to time while it has
 * permits or wants some. {@link PermitShare} decides how the record changes.
 *
 * <p>The share of a node that has left counts no more. A write is believed only if the grid did not change meanwhile. If
 * the record cannot be read, the node gets no more permits.
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
    private final IntSupplier freeSlots;
    private final Runnable retry;
    private final AsyncGrid grid;

    private final PermitShare share; // guarded by this

    /** Whether a look is under way or due at once; guarded by this. */
    private boolean looking;

    /** Whether something has happened since the look under way began, so that another look is due; guarded by this. */
    private boolean lookAgain;

    /** Whether a later look is due; guarded by this. */
    private boolean ticking;

    /** Whether the log has told that the record cannot be read; only the timer's thread uses it. */
    private boolean toldDamage;

    /**
     * Makes the part of a node.
     *
     * @param name the name of the limit
     * @param node the id of the node
     * @param isAlive returns whether the grid has a node
     * @param freeSlots returns how many more calls the node could start
     * @param retry starts calls that have their permits now
     */
    GridLimit(
            String name,
            UUID node,
            Predicate<UUID> isAlive,
            Records records,
            Timer timer,
            IntSupplier freeSlots,
            Runnable retry) {
        this.name = name;
        this.key = PermitRecord.key(name);
        this.node = node;
        this.isAlive = isAlive;
        this.records = records;
        this.changes = records.changes();
        this.timer = timer;
        this.freeSlots = freeSlots;
        this.retry = retry;
        this.grid = new AsyncGrid(action -> timer.after(Duration.ZERO, action));
        this.share = new PermitShare(node);
    }

    /** Takes a permit that the node holds; if there is none, returns false, and the node tries to get one. */
    synchronized boolean tryTake(int limit) {
        if (share.tryTake(limit)) {
            return true;
        }
        if (share.miss(limit)) {
            lookNow();
        }
        return false;
    }

    /** Gives a permit back to the node, which may use it again. */
    synchronized void giveBack() {
        if (share.giveBack(System.nanoTime())) {
            lookNow();
        } else {
            lookLater();
        }
    }

    /** Gives back a permit of a call that lacks another one. The node keeps it for that call as long as it may. */
    synchronized void putBack(int limit) {
        giveBack();
        if (share.miss(limit)) {
            lookNow();
        }
    }

    /** Returns whether the node has no permit, wants none, and does not look at the record. */
    synchronized boolean isIdle() {
        return !looking && !ticking && !share.isInUse();
    }

    private synchronized void lookNow() {
        if (looking) {
            lookAgain = true;
        } else {
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
            share.forgetMissed();
        }
        retry.run();
        synchronized (this) {
            if (!looking) {
                lookNow();
            }
        }
    }

    private void look() {
        try {
            TopologyMonitor.Moment before = changes.now();
            grid.ask(() -> records.get(key), found -> onFound(found, before), this::onProblem);
        } catch (RuntimeException e) {
            onProblem(e); // the node may be stopping
        }
    }

    private void onFound(byte @Nullable [] bytes, TopologyMonitor.Moment before) {
        PermitRecord found;
        try {
            found = PermitRecord.read(bytes);
            toldDamage = false;
        } catch (UncheckedIOException e) {
            onDamage(e);
            return;
        }
        PermitRecord living = found.only(id -> id.equals(node) || isAlive.test(id));
        int slots = freeSlots.getAsInt(); // before the lock, because the slots call this object under theirs
        PermitRecord next;
        synchronized (this) {
            next = share.decide(living, slots, System.nanoTime());
        }
        if (next.equals(found)) {
            onWritten(next, before);
        } else {
            grid.ask(
                    () -> records.replace(key, found, next), isOurs -> onAnswer(isOurs, next, before), this::onProblem);
        }
    }

    private void onAnswer(boolean isOurs, PermitRecord next, TopologyMonitor.Moment before) {
        if (isOurs) {
            onWritten(next, before);
        } else {
            synchronized (this) {
                lookAgain = true; // another node was first, so what this one decided on is out of date
            }
            endLook(true);
        }
    }

    /** Uses the share that the record has, unless the grid has changed meanwhile. */
    private void onWritten(PermitRecord written, TopologyMonitor.Moment before) {
        boolean isSure = !changes.since(before);
        PermitRecord.Share ours = written.share(node);
        boolean more;
        synchronized (this) {
            more = isSure && share.use(ours.held(), System.nanoTime());
        }
        endLook(!isSure || ours.held() > 0 || ours.wanted() > 0);
        if (more) {
            retry.run();
        }
    }

    private void onProblem(RuntimeException problem) {
        LOG.debug("the record of limit '{}' was not changed: {}", name, problem.toString());
        endLook(true);
    }

    private void onDamage(UncheckedIOException damage) {
        if (!toldDamage) {
            toldDamage = true;
            LOG.warn(
                    "this node gets no more permits of limit '{}', because the record under '{}' in cache {} is damaged;"
                            + " remove it once no call of the limit runs",
                    name,
                    key.replace("\u0000", "\\u0000"),
                    RecordCache.NAME,
                    damage);
        }
        endLook(true);
    }

    private synchronized void endLook(boolean isUnsettled) {
        looking = false;
        if (lookAgain) {
            lookAgain = false;
            lookNow();
        } else if (isUnsettled || share.isInUse()) {
            lookLater();
        }
    }
}
