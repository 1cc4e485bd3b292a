package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.RemoveState;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.cache.processor.EntryProcessorResult;
import org.apache.ignite.IgniteInterruptedException;
import org.apache.ignite.lang.IgniteFuture;

/** The removal of the records of released states, in batches. Not safe to share between threads. */
final class RecordRelease {
    private static final int MAX_BATCH = 512;
    private static final int MAX_UNDER_WAY = 4;

    private final Records records;
    private final Queue<IgniteFuture<Map<String, EntryProcessorResult<Boolean>>>> underWay = new ArrayDeque<>();
    private int removed;

    RecordRelease(Records records) {
        this.records = records;
    }

    /**
     * Removes these records, and waits until the grid has removed them. A task that does so lends its slot.
     *
     * @return how many records there were
     * @throws IllegalStateException if the grid cannot be asked, or does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    int remove(SortedMap<String, RemoveState> meant) throws InterruptedException {
        return meant.isEmpty()
                ? 0
                : RunningCall.lendSlotWhile(() -> "the release of " + meant.size() + " tasks", () -> removeAll(meant));
    }

    private int removeAll(SortedMap<String, RemoveState> meant) throws InterruptedException {
        try {
            SortedMap<String, RemoveState> batch = new TreeMap<>();
            for (Map.Entry<String, RemoveState> one : meant.entrySet()) {
                batch.put(one.getKey(), one.getValue());
                if (batch.size() == MAX_BATCH) {
                    send(batch);
                    batch = new TreeMap<>();
                }
            }
            send(batch);
            while (!underWay.isEmpty()) {
                await(underWay.remove());
            }
            return removed;
        } catch (IgniteInterruptedException e) {
            Thread.interrupted(); // the exception replaces the interrupt flag
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the grid did not release " + meant.size() + " keys, the first of them '" + meant.firstKey()
                            + "'; try again once it can be reached",
                    e);
        }
    }

    private void send(SortedMap<String, RemoveState> batch) {
        if (batch.isEmpty()) {
            return;
        }
        if (underWay.size() == MAX_UNDER_WAY) {
            await(underWay.remove());
        }
        underWay.add(records.removeAll(batch));
    }

    private void await(IgniteFuture<Map<String, EntryProcessorResult<Boolean>>> batch) {
        for (EntryProcessorResult<Boolean> result :
                batch.get(ClientTimings.RELEASE.toNanos(), TimeUnit.NANOSECONDS).values()) {
            removed += result.get() ? 1 : 0;
        }
    }
}
