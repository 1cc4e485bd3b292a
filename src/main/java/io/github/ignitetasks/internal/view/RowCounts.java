package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.SessionSnapshot.PendingCounts;
import io.github.ignitetasks.internal.events.TaskCounts.Counts;
import io.github.ignitetasks.internal.json.JsonWriter;

/**
 * The numbers of tasks of one name, or of all names.
 *
 * @param submitted all tasks; the others are parts of it, but for cached ones and retries
 */
record RowCounts(
        long submitted,
        long waiting,
        long queued,
        long running,
        long retrying,
        long completed,
        long failed,
        long crashed,
        long cancelled,
        long notReady,
        long cached,
        long retries) {
    static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static final PendingCounts NO_PENDING = new PendingCounts(0, 0, 0, 0);

    /** Returns the numbers that stand for no pending tasks. */
    static PendingCounts noPending() {
        return NO_PENDING;
    }

    /**
     * Returns numbers that agree. The counts are newer than the snapshot of pending tasks, and they are exact. So tasks that
     * neither have ended nor were seen in another phase are queued.
     */
    static RowCounts of(Counts counts, PendingCounts pending) {
        long ended = 0;
        for (long number : counts.ended().values()) {
            ended += number;
        }
        long left = Math.max(0, counts.submitted() - ended);
        long running = Math.min(left, pending.running());
        long retrying = Math.min(left - running, pending.retrying());
        long waiting = Math.min(left - running - retrying, pending.waiting());
        return new RowCounts(
                counts.submitted(),
                waiting,
                left - running - retrying - waiting,
                running,
                retrying,
                ended(counts, StateType.COMPLETED),
                ended(counts, StateType.FAILED),
                ended(counts, StateType.CRASHED),
                ended(counts, StateType.CANCELLED),
                ended(counts, StateType.NOT_READY),
                counts.cached(),
                counts.retries());
    }

    private static long ended(Counts counts, StateType type) {
        return counts.ended().getOrDefault(type, 0L);
    }

    RowCounts plus(RowCounts other) {
        return new RowCounts(
                submitted + other.submitted,
                waiting + other.waiting,
                queued + other.queued,
                running + other.running,
                retrying + other.retrying,
                completed + other.completed,
                failed + other.failed,
                crashed + other.crashed,
                cancelled + other.cancelled,
                notReady + other.notReady,
                cached + other.cached,
                retries + other.retries);
    }

    /** Returns the numbers without the tasks that have not ended. */
    RowCounts withoutPending() {
        return new RowCounts(ended(), 0, 0, 0, 0, completed, failed, crashed, cancelled, notReady, cached, retries);
    }

    /** Returns how many tasks have not ended. */
    long pending() {
        return waiting + queued + running + retrying;
    }

    /** Returns how many tasks ended because they failed. */
    long allFailed() {
        return failed + crashed;
    }

    /** Returns how many tasks have ended. */
    long ended() {
        return completed + failed + crashed + cancelled + notReady;
    }

    /** Writes the numbers as fields. */
    void write(JsonWriter json) {
        json.field("submitted", submitted)
                .field("waiting", waiting)
                .field("queued", queued)
                .field("running", running)
                .field("retrying", retrying)
                .field("completed", completed)
                .field("failed", failed)
                .field("crashed", crashed)
                .field("cancelled", cancelled)
                .field("notReady", notReady)
                .field("cached", cached)
                .field("retries", retries);
    }
}
