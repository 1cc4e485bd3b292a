package io.github.ignitetasks.internal.worker;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/** The Ignite of the node that reads a call on this thread. A runner inside the call will use it. */
public final class LocalIgnite {
    private static final ThreadLocal<@Nullable Ignite> READING = new ThreadLocal<>();

    private LocalIgnite() {}

    /** Returns that Ignite; empty while no call is read. */
    public static Optional<Ignite> ofReader() {
        return Optional.ofNullable(READING.get());
    }

    /** Reads a call on this node. */
    static <T> T whileReading(Ignite ignite, Callable<T> reading) throws Exception {
        READING.set(ignite);
        try {
            return reading.call();
        } finally {
            READING.set(null); // not remove(), which would make a new entry for each call
        }
    }
}
