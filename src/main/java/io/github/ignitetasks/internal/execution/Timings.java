package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.internal.base.Backoff;
import java.time.Duration;

/** The tuned durations of the side that runs calls, in one place. */
public final class Timings {
    /**
     * How long an attempt waits for code that was interrupted. Code that reacts to interrupts returns in milliseconds; a
     * longer wait only delays the cancel of code that does not.
     */
    public static final Duration GRACE = Duration.ofSeconds(1);

    /** How long a thread without work stays: longer than the pauses of a flow, and too short to be a leak. */
    public static final Duration IDLE_THREAD = Duration.ofSeconds(10);

    /** How long work waits for a busy thread before another takes it: longer than short work takes. */
    public static final Duration BUSY_THREAD = Duration.ofMillis(2);

    /** The least time to read a result, so that a caller with no timeout still gets one that is read fast. */
    public static final Duration LEAST_READ = Duration.ofMillis(100);

    /**
     * The delays before a request to the grid is repeated, because a node is leaving or the grid has changed. A change
     * takes milliseconds as a rule. A node that leaves may take seconds, and then many keys ask at a time.
     */
    public static final Backoff GRID_RETRY = new Backoff(Duration.ofMillis(10), Duration.ofMillis(200));

    /** The delays before a node asks others for partitions again; that asks every server, so it begins later. */
    public static final Backoff ACQUIRE_RETRY = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));

    /** How long a read of a record waits for an answer: longer than the grid takes to notice the death of a node. */
    public static final Duration FETCH = Duration.ofMinutes(1);

    /** How long a worker remembers that a session has left: longer than any of its jobs is in flight. */
    public static final Duration DEPARTED_SESSION = Duration.ofMinutes(1);

    /** How long a worker waits for a session that may be dead; a live session finds missed updates in the records. */
    public static final Duration UPDATE_RECEIVED = Duration.ofSeconds(5);

    /** How long a node that ends leaves Ignite to send the last replies; a slower reply may be lost. */
    public static final Duration LAST_REPLIES = Duration.ofMillis(200);

    /**
     * The shortest time from one write of a busy node to its next. States gather meanwhile, so a result may come later by
     * that time. A longer time saves little more.
     */
    public static final Duration WRITE_PACE = Duration.ofMillis(10);

    /** How often a node that ends looks whether the sessions have taken their updates. */
    public static final Duration UPDATE_POLL = Duration.ofMillis(10);

    /** How long calls of dead nodes wait for the backups of the records, so that a grid with much to copy goes on. */
    public static final Duration REBALANCE = Duration.ofSeconds(10);

    /** How long such calls wait on the last server, for a replacement to start and to receive its backups. */
    public static final Duration REPLACEMENT = Duration.ofSeconds(40);

    /** How often a node looks whether the backups are restored; each look is cheap, and stays on the node. */
    public static final Duration REBALANCE_POLL = Duration.ofMillis(20);

    /** How long a full server is not asked again, because it logs pages for each record that it refuses. */
    public static final Duration FULL_SERVER = Duration.ofSeconds(1);

    /** How long an owner at least remembers a key that another node may run: longer than the claim takes to be written. */
    public static final Duration LENT_KEY = Duration.ofSeconds(10);

    /** How often a node looks at the record of a limit while it has permits or wants some. */
    public static final Backoff PERMIT_LOOK = new Backoff(Duration.ofMillis(50), Duration.ofMillis(50));

    /** How long a node uses its permits again and again although calls of other nodes wait for some. */
    public static final Duration PERMIT_LEASE = Duration.ofMillis(100);

    /** The shortest time from one report of an attempt's progress to its next; people do not read faster. */
    public static final Duration PROGRESS_PACE = Duration.ofSeconds(1);

    /**
     * How long a node takes a shared value for one that is still there. Each look copies the value within the node that
     * has it, so that a look for each task would cost.
     */
    public static final Duration SHARED_VALUE = Duration.ofMillis(100);

    private Timings() {}
}
