package io.github.ignitetasks;

import java.time.Duration;

/** How long tests wait. A slow machine sets the system property {@code deadline.factor}. */
public final class Deadlines {
    private static final int FACTOR = Integer.getInteger("deadline.factor", 1);

    /** For what must happen: so long that only what never happens takes longer. */
    public static final Duration PATIENCE = Duration.ofSeconds(60).multipliedBy(FACTOR);

    /** For what must not happen: long enough to be a wait, and not longer. */
    public static final Duration GLIMPSE = Duration.ofMillis(50);

    private Deadlines() {}
}
