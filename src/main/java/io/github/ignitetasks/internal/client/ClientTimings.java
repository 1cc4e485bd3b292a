package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.base.Backoff;
import io.github.ignitetasks.internal.execution.Timings;
import java.time.Duration;

/** The tuned durations of the submitter's side, in one place. */
final class ClientTimings {
    /** The delays before a call of a lost node is sent again, because the grid needs a moment to know the new owners. */
    static final Backoff REROUTE = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    /** The delays before a lost grid is looked for again. */
    static final Backoff RECONNECT = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1));

    /** The delays before the grid is asked again for the status of a key whose owner changes. */
    static final Backoff STATUS_RETRY = new Backoff(Duration.ofMillis(10), Duration.ofMillis(200));

    /** How long a question for a status waits: longer than the grid takes to notice the death of a node. */
    static final Duration STATUS = Duration.ofMinutes(1);

    /** How long a release waits for the grid to remove records, for the same reason. */
    static final Duration RELEASE = Duration.ofMinutes(1);

    /** How long the grid may be away, beyond the time after which it takes a silent client for dead. */
    static final Duration RECONNECT_GRACE = Duration.ofSeconds(10);

    /** How often a session looks whether its node has stopped: Ignite's shutdown hook stops a node without any event. */
    static final Duration STOP_CHECK = Duration.ofMillis(100);

    /**
     * How long a node may send nothing while calls wait there and other nodes are idle: longer than results of short
     * calls gather there and take to be written.
     */
    static final Duration RECALL = Timings.WRITE_PACE.multipliedBy(3);

    /**
     * How much work a node has ahead: more than it does while its results gather ({@code Timings.WRITE_PACE}), are
     * written, and bring it more work.
     */
    static final Duration AHEAD = Duration.ofMillis(40);

    /** How much work may wait at a node while another node is idle. Less is done by the time that calls have moved. */
    static final Duration LONG_AHEAD = AHEAD.dividedBy(2);

    /** How often a session looks for calls that no node can run. */
    static final Duration PLACEMENT_CHECK = Duration.ofMillis(200);

    /** How long a closing session waits for nodes to learn of its end; a node that misses it notices by itself. */
    static final Duration GOODBYE = Duration.ofSeconds(2);

    /** How long a session waits for the reports of nodes. */
    static final Duration REPORT = Duration.ofSeconds(2);

    private ClientTimings() {}
}
