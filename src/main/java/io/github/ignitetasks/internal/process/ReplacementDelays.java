package io.github.ignitetasks.internal.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The delays before dead nodes are replaced. Each delay is twice as long as the one before. After {@value
 * #MAX_IN_A_ROW} replacements without a calm period between them, there is no further one. Not safe for use by many
 * threads.
 */
public final class ReplacementDelays {
    public static final int MAX_IN_A_ROW = 6;

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration CALM = Duration.ofMinutes(1);

    private final Duration first;
    private final LongSupplier nanoTime;
    private int inARow;
    private long last;

    public ReplacementDelays() {
        this(FIRST, System::nanoTime);
    }

    /** Creates delays with this first delay and this clock. */
    public ReplacementDelays(Duration first, LongSupplier nanoTime) {
        this.first = first;
        this.nanoTime = nanoTime;
    }

    /** Returns the delay before the next replacement; empty if there were too many in a row. */
    public Optional<Duration> next() {
        if (nanoTime.getAsLong() - last > CALM.toNanos()) {
            inARow = 0;
        }
        if (inARow == MAX_IN_A_ROW) {
            return Optional.empty();
        }
        Duration delay = first.multipliedBy(1L << inARow);
        inARow++;
        return Optional.of(delay);
    }

    /** Records that nodes are being replaced now. */
    public void replacing() {
        last = nanoTime.getAsLong();
    }
}
