package io.github.ignitetasks.ignite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.ignite.cache.CachePartialUpdateException;
import org.apache.ignite.lang.IgniteFuture;

/**
 * Writes the states of keys to the grid: one at once when none is being written, and else all that have gathered when
 * that is done. Safe to share between threads; does not block.
 */
final class Recorder {
    private static final int MAX_BATCH = 512;

    private final Records records;
    private final FullNodes full;
    private final Changes changes;
    private final Consumer<List<Entry>> onWritten;
    private final BiConsumer<KeyRun, RuntimeException> onProblem;
    private final Queue<Entry> due = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();

    /**
     * Makes a recorder.
     *
     * @param onWritten is given what the grid has, on primary and backup
     * @param onProblem is given what it could not be given
     */
    Recorder(
            Records records,
            Changes changes,
            Consumer<List<Entry>> onWritten,
            BiConsumer<KeyRun, RuntimeException> onProblem) {
        this.records = records;
        this.full = new FullNodes(records);
        this.changes = changes;
        this.onWritten = onWritten;
        this.onProblem = onProblem;
    }

    /**
     * The state of a key.
     *
     * @param run the key's run
     * @param state its {@link StateRecord}
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Entry(KeyRun run, byte[] state) {
        private Duration timeToLive() {
            return run.first().timeToLive();
        }
    }

    /** Writes a state. */
    void record(KeyRun run, byte[] state) {
        Optional<RuntimeException> refusal = full.refusal(run.key());
        if (refusal.isPresent()) {
            onProblem.accept(run, refusal.get());
            return;
        }
        due.add(new Entry(run, state));
        pump();
    }

    private void pump() {
        while (!due.isEmpty() && writing.compareAndSet(false, true)) {
            List<Entry> batch = nextBatch();
            if (batch.isEmpty()) {
                writing.set(false); // somebody else wrote it; look again, as more may have come since
                continue;
            }
            Changes.Moment before = changes.now();
            IgniteFuture<Void> written;
            try {
                written = write(batch);
            } catch (RuntimeException e) {
                onFailed(batch, before, e);
                writing.set(false);
                continue;
            } catch (OutOfMemoryError e) { // a task took all of the heap; what comes after this is written again
                onFailed(batch, before, new IllegalStateException("the heap is full", e));
                writing.set(false);
                continue;
            }
            if (!written.isDone()) {
                written.listenAsync(done -> onDoneLater(batch, before, done), Runnable::run); // nothing is told sooner
                return;
            }
            onDone(batch, before, written); // here, not inside: the next may be done at once too, and so on
        }
    }

    /** Takes what comes next, up to a number, and up to one that is to live for another time. */
    private List<Entry> nextBatch() {
        List<Entry> batch = new ArrayList<>();
        for (Entry next = due.peek(); next != null && batch.size() < MAX_BATCH; next = due.peek()) {
            if (!batch.isEmpty() && !next.timeToLive().equals(batch.get(0).timeToLive())) {
                break;
            }
            batch.add(due.remove()); // nobody else does: who writes has the queue's head to itself
        }
        return batch;
    }

    private IgniteFuture<Void> write(List<Entry> batch) {
        Entry first = batch.get(0);
        if (batch.size() == 1) {
            return records.put(first.run().key(), first.state(), first.timeToLive());
        }
        Map<String, byte[]> states = new TreeMap<>(); // in one order, so that two writers never wait for each other
        batch.forEach(entry -> states.put(entry.run().key(), entry.state()));
        return records.putAll(states, first.timeToLive());
    }

    /** The thread that brings the answer is one of the grid's: it tells, and writes no more. */
    private void onDoneLater(List<Entry> batch, Changes.Moment before, IgniteFuture<Void> written) {
        onDone(batch, before, written);
        if (!due.isEmpty()) {
            ForkJoinPool.commonPool().execute(this::pump);
        }
    }

    private void onDone(List<Entry> batch, Changes.Moment before, IgniteFuture<Void> written) {
        writing.set(false);
        try {
            written.get();
        } catch (RuntimeException e) {
            onFailed(batch, before, e);
            return;
        }
        onThere(batch, before);
    }

    /** Nobody is told of a state before it is written to a grid that stays as it is meanwhile. */
    private void onThere(List<Entry> there, Changes.Moment before) {
        if (changes.since(before)) {
            due.addAll(there);
        } else {
            onWritten.accept(there);
        }
    }

    private void onFailed(List<Entry> batch, Changes.Moment before, RuntimeException problem) {
        List<Entry> there = new ArrayList<>();
        for (Entry entry : batch) {
            if (problem instanceof CachePartialUpdateException partial
                    && !partial.failedKeys().contains(entry.run().key())) {
                there.add(entry);
            } else {
                full.onProblem(entry.run().key(), problem);
                onProblem.accept(entry.run(), problem);
            }
        }
        onThere(there, before);
    }
}
