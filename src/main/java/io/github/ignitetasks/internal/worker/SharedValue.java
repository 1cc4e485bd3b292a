package io.github.ignitetasks.internal.worker;

import java.lang.ref.SoftReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that one thread reads, and that others which need it meanwhile wait for. It is kept as long as there is
 * memory. Safe to share between threads.
 */
final class SharedValue {
    /** Empty before the first read, and when memory was short; guarded by this. */
    private SoftReference<@Nullable Object> kept = new SoftReference<>(null);

    /** The read in progress; null if there is none. Guarded by this. */
    private @Nullable CompletableFuture<@Nullable Object> reading;

    /** When the value was last known to have its record, in nanoseconds. */
    private volatile long checked;

    /** Returns the value, which this thread reads unless it is kept or another thread reads it. */
    @Nullable
    Object get(Supplier<? extends @Nullable Object> read) throws InterruptedException {
        while (true) {
            CompletableFuture<@Nullable Object> own = new CompletableFuture<>();
            CompletableFuture<@Nullable Object> other;
            synchronized (this) {
                Object known = kept.get();
                if (known != null) {
                    return known;
                }
                other = reading;
                if (other == null) {
                    reading = own;
                }
            }
            if (other == null) {
                return readHere(read, own);
            }
            try {
                return other.get();
            } catch (ExecutionException e) {
                // that thread may have been interrupted: this one reads
            }
        }
    }

    @SuppressWarnings("CatchingUnchecked") // the classes of values run code of their own
    private @Nullable Object readHere(
            Supplier<? extends @Nullable Object> read, CompletableFuture<@Nullable Object> own) {
        long begun = System.nanoTime();
        try {
            Object value = read.get();
            synchronized (this) {
                kept = new SoftReference<>(value);
                reading = null;
            }
            checked = begun;
            own.complete(value);
            return value;
        } catch (Throwable e) {
            synchronized (this) {
                reading = null;
            }
            own.completeExceptionally(e);
            throw e;
        }
    }

    /** Returns whether the value is kept, and had its record less than this time ago. */
    boolean wasThereWithin(long nanos) {
        boolean isKept;
        synchronized (this) {
            isKept = kept.get() != null;
        }
        return isKept && System.nanoTime() - checked < nanos;
    }

    /** Notes that the value had its record at this time. */
    void wasThereAt(long nanoTime) {
        checked = nanoTime;
    }
}
