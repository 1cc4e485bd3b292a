package io.github.ignitetasks.ignite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ignite.compute.ComputeJobContext;
import org.jspecify.annotations.Nullable;

/** What a worker has to tell one session, until that session's {@link AwaitEnds} takes it. */
final class Mailbox {
    private List<End> ends = new ArrayList<>(); // guarded by this

    /** The job that waits for an end; guarded by this. */
    private @Nullable ComputeJobContext held;

    private boolean closed; // guarded by this

    /** Completed when the session next asks for more while there is nothing; guarded by this. */
    private CompletableFuture<Void> told = new CompletableFuture<>();

    /** Takes all that there is; if there is nothing, holds the job until there is. */
    List<End> takeOrHold(ComputeJobContext job) {
        ComputeJobContext before;
        CompletableFuture<Void> allTold;
        synchronized (this) {
            if (!ends.isEmpty() || closed) {
                List<End> taken = ends;
                ends = new ArrayList<>();
                return taken;
            }
            job.holdcc();
            before = held;
            held = job;
            allTold = told;
            told = new CompletableFuture<>();
        }
        allTold.complete(null);
        letGo(before); // a session waits with one job: the other is one whose answer was lost
        return List.of();
    }

    void post(End end) {
        ComputeJobContext waiting;
        synchronized (this) {
            if (closed) {
                return;
            }
            ends.add(end);
            waiting = held;
            held = null;
        }
        letGo(waiting);
    }

    /** Returns what completes when the session has got all that there is, as it then asks for more. */
    synchronized CompletableFuture<Void> told() {
        return closed || (held != null && ends.isEmpty()) ? CompletableFuture.completedFuture(null) : told;
    }

    /** Lets go who waits, now and later. */
    void close() {
        ComputeJobContext waiting;
        CompletableFuture<Void> allTold;
        synchronized (this) {
            closed = true;
            ends = new ArrayList<>();
            waiting = held;
            held = null;
            allTold = told;
        }
        allTold.complete(null);
        letGo(waiting);
    }

    private static void letGo(@Nullable ComputeJobContext job) {
        if (job != null) {
            job.callcc();
        }
    }
}
