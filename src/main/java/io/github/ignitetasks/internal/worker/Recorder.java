package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.compat.Causes;
import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.compat.SettableFuture;
import io.github.ignitetasks.internal.compat.TopologyMonitor;
import io.github.ignitetasks.internal.execution.NamedThreads;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.execution.Timings;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.NoQuorumException;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer of the states of keys to the grid. It writes a state at once, unless another is being written or the node
 * is busy ({@link WritePace}); states that gather meanwhile go together afterwards. Safe to share between threads; does
 * not block.
 */
final class Recorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int MAX_BATCH = 512;

    private final ThreadPoolExecutor writer;
    private final Records records;
    private final MemoryPressure memory;
    private final BatchWriter batches;
    private final TopologyMonitor changes;
    private final Timer timer;
    private final Consumer<List<Entry>> onWritten;
    private final BiConsumer<KeyExecution, RuntimeException> onProblem;
    private final WritePace pace;
    private final Queue<Entry> due = new LinkedBlockingQueue<>(); // whose size costs nothing
    private final AtomicBoolean writing = new AtomicBoolean();

    /** Runs continuations on the thread that brings the grid's answer. */
    private final AsyncGrid grid = new AsyncGrid(Runnable::run);

    /**
     * Makes a recorder.
     *
     * @param name the prefix of its thread's name; that thread does the writes for which the grid's threads must not
     *     wait
     * @param busy tells whether each slot has its next work
     * @param timer schedules retries
     * @param onWritten receives the entries that the grid has on primary and backup
     * @param onProblem receives the keys that could not be recorded
     */
    Recorder(
            String name,
            Records records,
            MemoryPressure memory,
            TopologyMonitor changes,
            BooleanSupplier busy,
            Timer timer,
            Consumer<List<Entry>> onWritten,
            BiConsumer<KeyExecution, RuntimeException> onProblem) {
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                Timings.IDLE_THREAD.toNanos(),
                TimeUnit.NANOSECONDS,
                new LinkedBlockingQueue<>(),
                new NamedThreads(name + "-recorder"),
                new ThreadPoolExecutor.DiscardPolicy()); // once the node ends, nothing is recorded
        writer.allowCoreThreadTimeOut(true);
        this.records = records;
        this.memory = memory;
        this.batches = new BatchWriter(records, memory, writer);
        this.changes = changes;
        this.timer = timer;
        this.pace = new WritePace(Timings.WRITE_PACE, busy, timer, () -> writer.execute(this::pump));
        this.onWritten = onWritten;
        this.onProblem = onProblem;
    }

    /**
     * The state of a key.
     *
     * @param run the key's run
     * @param state its {@link StateRecord}
     * @param alone whether it must be written with no other
     * @param failures how often it was written alone in vain
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Entry(KeyExecution run, byte[] state, boolean alone, int failures) {
        private Entry onItsOwn() {
            return new Entry(run, state, true, failures);
        }

        private Entry afterFailure() {
            return new Entry(run, state, alone, failures + 1);
        }

        Duration timeToLive() {
            return run.call()
                    .options()
                    .resultTtl()
                    .orElse(run.first().settings().timeToLive());
        }
    }

    /** Writes the state of a call that frees its slot; on a busy node, states gather before ({@link WritePace}). */
    void record(KeyExecution run, byte[] state) {
        add(run, state);
        pump();
    }

    /** Writes the state of a call that had no slot, as soon as the present write has ended. */
    void recordNow(KeyExecution run, byte[] state) {
        add(run, state);
        pace.hurry();
        pump();
    }

    private void add(KeyExecution run, byte[] state) {
        Optional<RuntimeException> refusal = memory.refusal(run.key());
        if (refusal.isPresent()) {
            onProblem.accept(run, refusal.get());
        } else {
            due.add(new Entry(run, state, false, 0));
        }
    }

    private void pump() {
        while (!due.isEmpty() && !writing.get() && pace.mayWrite(due.size()) && writing.compareAndSet(false, true)) {
            pace.onWrite();
            List<Entry> batch = nextBatch();
            if (batch.isEmpty()) {
                writing.set(false); // another thread wrote it; check again, because more may have come since
                continue;
            }
            TopologyMonitor.Moment before = changes.now();
            List<BatchWriter.Write> writes = write(batch);
            if (!writes.stream().allMatch(write -> write.written().isDone())) {
                onceDone(writes, () -> onDoneLater(writes, before));
                return;
            }
            onDone(writes, before); // here, not in a nested call: the next batch may complete at once too, and so on
        }
    }

    /** Takes the next entries, up to a number. */
    private List<Entry> nextBatch() {
        List<Entry> batch = new ArrayList<>();
        for (Entry next = due.poll(); next != null; next = batch.size() < MAX_BATCH ? due.poll() : null) {
            batch.add(next);
        }
        return batch;
    }

    private List<BatchWriter.Write> write(List<Entry> batch) {
        try {
            return batches.write(batch);
        } catch (RuntimeException e) {
            return List.of(new BatchWriter.Write(batch, SettableFuture.failed(e)));
        } catch (OutOfMemoryError e) { // a task filled the heap; later entries are still written
            RuntimeException problem = new IllegalStateException("the heap is full", e);
            return List.of(new BatchWriter.Write(batch, SettableFuture.failed(problem)));
        }
    }

    /**
     * Runs an action once all writes are done, on the thread that brings the last answer; nothing is reported sooner.
     */
    private static void onceDone(List<BatchWriter.Write> writes, Runnable action) {
        AtomicInteger left = new AtomicInteger(writes.size());
        for (BatchWriter.Write write : writes) {
            write.written()
                    .listenAsync(
                            done -> {
                                if (left.decrementAndGet() == 0) {
                                    action.run();
                                }
                            },
                            Runnable::run);
        }
    }

    /**
     * Handles writes whose last answer came later. That thread may belong to the grid, so it reports, and writes no
     * more states.
     */
    private void onDoneLater(List<BatchWriter.Write> writes, TopologyMonitor.Moment before) {
        onDone(writes, before);
        if (!due.isEmpty()) {
            writer.execute(this::pump);
        }
    }

    private void onDone(List<BatchWriter.Write> writes, TopologyMonitor.Moment before) {
        writing.set(false);
        List<Entry> there = new ArrayList<>();
        for (BatchWriter.Write write : writes) {
            try {
                write.written().get();
                there.addAll(write.entries());
            } catch (RuntimeException e) {
                onFailed(write.entries(), e);
            }
        }
        onThere(there, before);
    }

    /**
     * Reports the entries only if the grid did not change during the write. Then the grid still has the servers that it
     * had when the write began, and those were enough ({@link Records}).
     */
    private void onThere(List<Entry> there, TopologyMonitor.Moment before) {
        if (changes.since(before)) {
            due.addAll(there);
        } else if (!there.isEmpty()) {
            onWritten.accept(there);
        }
    }

    /**
     * Handles entries that were not written. For several entries Ignite tells neither which it refused nor which are on
     * their primary node alone. So each is written again, with no other.
     */
    private void onFailed(List<Entry> entries, RuntimeException problem) {
        if (Causes.have(problem, NoQuorumException.class)) {
            entries.forEach(entry -> onProblem.accept(entry.run(), problem)); // none of them was written
        } else if (entries.size() > 1) {
            entries.forEach(entry -> due.add(entry.onItsOwn()));
        } else if (IgniteErrors.isNodeStopping(problem)) {
            retryLater(entries.get(0).afterFailure());
        } else if (IgniteErrors.isOutOfMemory(problem)) {
            onFull(entries.get(0), problem);
        } else {
            onProblem.accept(entries.get(0).run(), problem);
        }
    }

    private void retryLater(Entry entry) {
        timer.after(Timings.GRID_RETRY.delayAfter(entry.failures()), () -> {
            due.add(entry);
            pump();
        });
    }

    /**
     * Removes the record that the primary node may have although the backup is full, so that nobody gets another state
     * later. It has replaced the claim. So if the claim counts starts, a claim that counts this one replaces the record.
     */
    private void onFull(Entry entry, RuntimeException problem) {
        KeyExecution run = entry.run();
        memory.onRefused(run.key(), problem);
        Optional<ClaimRecord> started = run.claim().filter(claim -> claim.countsStarts() && claim.started());
        grid.ask(
                () -> started.isPresent()
                        ? records.replace(
                                run.key(), entry.state(), started.get().usedUp())
                        : records.remove(run.key(), entry.state()),
                removed -> onProblem.accept(run, problem),
                notRemoved -> {
                    LOG.warn("a record of key '{}' may stay on the grid, which is full", run.key(), notRemoved);
                    onProblem.accept(run, problem);
                });
    }

    /** Ends the thread; the node ends. */
    @Override
    public void close() {
        writer.shutdown();
    }
}
