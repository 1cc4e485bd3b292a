package io.github.ignitetasks.internal.compat;

import org.apache.ignite.internal.util.future.GridFutureAdapter;
import org.apache.ignite.internal.util.future.IgniteFinishedFutureImpl;
import org.apache.ignite.internal.util.future.IgniteFutureImpl;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;

/**
 * An {@link IgniteFuture} that its owner completes. Ignite has no public implementation of that interface. Safe for use
 * by many threads.
 *
 * @param <T> the type of the value
 */
public final class SettableFuture<T extends @Nullable Object> {
    private final GridFutureAdapter<T> target = new GridFutureAdapter<>();

    /** Creates a future that is not completed. */
    public SettableFuture() {
        // nothing to set up
    }

    /** Returns a future that has completed without a value. */
    public static IgniteFuture<Void> completed() {
        return new IgniteFinishedFutureImpl<>();
    }

    /** Returns a future that has failed. */
    public static <T extends @Nullable Object> IgniteFuture<T> failed(Throwable problem) {
        return new IgniteFinishedFutureImpl<>(problem);
    }

    /** Completes the future, unless it is completed. */
    public void complete(@Nullable T value) {
        target.onDone(value);
    }

    /** Fails the future, unless it is completed. */
    public void fail(Throwable problem) {
        target.onDone(problem);
    }

    /** Returns the future. */
    public IgniteFuture<T> future() {
        return new IgniteFutureImpl<>(target);
    }
}
