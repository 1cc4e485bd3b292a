package io.github.ignitetasks;

import java.time.Duration;

/** Time limits of tests. The system property {@code deadline.factor} scales {@link #PATIENCE} for a slow machine. */
public final class Deadlines {
    private static final int FACTOR = Integer.getInteger("deadline.factor", 1);

    /** The time limit for an event that must happen. Only an event that never happens takes longer. */
    public static final Duration PATIENCE = Duration.ofSeconds(60).multipliedBy(FACTOR);

    /** A short time limit, for waits and tasks that must exceed theirs. */
    public static final Duration GLIMPSE = Duration.ofMillis(50);

    private Deadlines() {}
}
