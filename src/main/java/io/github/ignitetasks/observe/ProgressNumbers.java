package io.github.ignitetasks.observe;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.TaskCounts.Counts;
import java.util.Collection;

/**
 * How many tasks there are, and how far they are.
 *
 * @param total how many were submitted
 * @param ended how many have ended
 * @param found how many of these were found, and did not run
 * @param running how many run; 0 if it is not known
 * @param failed how many are Failed or Crashed
 * @param notReady how many are NotReady
 * @param cancelled how many are Cancelled
 */
record ProgressNumbers(long total, long ended, long found, long running, long failed, long notReady, long cancelled) {
    static final ProgressNumbers NONE = new ProgressNumbers(0, 0, 0, 0, 0, 0, 0);

    /** Returns the sum over all names. */
    static ProgressNumbers of(Collection<Counts> byName) {
        ProgressNumbers sum = NONE;
        for (Counts counts : byName) {
            sum = sum.plus(new ProgressNumbers(
                    counts.submitted(),
                    counts.ended().values().stream().mapToLong(Long::longValue).sum(),
                    counts.cached(),
                    counts.running(),
                    ended(counts, StateType.FAILED) + ended(counts, StateType.CRASHED),
                    ended(counts, StateType.NOT_READY),
                    ended(counts, StateType.CANCELLED)));
        }
        return sum;
    }

    private static long ended(Counts counts, StateType type) {
        return counts.ended().getOrDefault(type, 0L);
    }

    ProgressNumbers plus(ProgressNumbers other) {
        return new ProgressNumbers(
                total + other.total,
                ended + other.ended,
                found + other.found,
                running + other.running,
                failed + other.failed,
                notReady + other.notReady,
                cancelled + other.cancelled);
    }

    ProgressNumbers withRunning(long number) {
        return new ProgressNumbers(total, ended, found, number, failed, notReady, cancelled);
    }

    /** Returns how many have not ended. An end may be counted just before its submission. */
    long pending() {
        return Math.max(0, total - ended);
    }

    /** Returns how many have ended and were not found. */
    long worked() {
        return Math.max(0, ended - found);
    }
}
