package io.github.ignitetasks.ignite;

import java.util.ArrayList;
import java.util.List;
import org.apache.ignite.compute.ComputeJobContext;
import org.jspecify.annotations.Nullable;

/** What a worker has to tell one session, until an {@link Exchange} of that session takes it. */
final class Mailbox {
    private final Turns turns = new Turns();
    private List<End> ends = new ArrayList<>(); // guarded by this

    /** The job that waits for an end; guarded by this. */
    private @Nullable ComputeJobContext held;

    private boolean closed; // guarded by this

    /** Returns what keeps the session's exchanges in order, as two may be on their way at a time. */
    Turns turns() {
        return turns;
    }

    /**
     * Takes all that there is; if there is nothing, holds the job until there is. The one that was held before goes: a
     * session waits with one.
     */
    List<End> takeOrHold(ComputeJobContext job) {
        while (true) {
            letGo(takeHeld()); // before this one is held, as that job goes on in this thread, which holds one at a time
            synchronized (this) {
                if (!ends.isEmpty() || closed) {
                    return take();
                }
                if (held == null) {
                    job.holdcc();
                    held = job;
                    return List.of(); // what a job that is held returns is dropped
                }
            }
        }
    }

    private synchronized @Nullable ComputeJobContext takeHeld() {
        ComputeJobContext job = held;
        held = null;
        return job;
    }

    /** Takes all that there is. */
    synchronized List<End> take() {
        List<End> all = ends;
        ends = new ArrayList<>();
        return all;
    }

    void post(List<End> more) {
        synchronized (this) {
            if (closed) {
                return;
            }
            ends.addAll(more);
        }
        letGo(takeHeld());
    }

    /** Returns whether the session has taken all that there is. */
    synchronized boolean isEmpty() {
        return ends.isEmpty();
    }

    /** Lets go who waits, now and later. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        take();
        letGo(takeHeld());
    }

    private static void letGo(@Nullable ComputeJobContext job) {
        if (job != null) {
            job.callcc();
        }
    }
}
