package io.github.ignitetasks.internal.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When nodes that die are replaced: each time after twice the delay of the time before, until there were too many in a
 * row without a calm between them. To be used by one thread.
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

    /** Takes the first delay, and the clock. */
    public ReplacementDelays(Duration first, LongSupplier nanoTime) {
        this.first = first;
        this.nanoTime = nanoTime;
    }

    /** Returns how long to wait before nodes are replaced, now that one has died; empty if too many have. */
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

    /** Takes note that nodes are replaced now. */
    public void replacing() {
        last = nanoTime.getAsLong();
    }
}
