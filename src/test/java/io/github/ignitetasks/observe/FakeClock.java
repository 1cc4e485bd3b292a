package io.github.ignitetasks.observe;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A clock that a test sets. It begins close to the largest value, so that it overflows. */
final class FakeClock implements LongSupplier {
    private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3);

    /** Lets time pass. */
    void pass(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public long getAsLong() {
        return nanos;
    }
}
