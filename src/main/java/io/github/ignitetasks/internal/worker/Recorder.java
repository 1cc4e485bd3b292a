package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.compat.Causes;
import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.compat.SettableFuture;
import io.github.ignitetasks.internal.compat.TopologyMonitor;
import io.github.ignitetasks.internal.execution.NamedThreads;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.NoQuorumException;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer of the states of keys to the grid. It writes a state at once while no other is being written; states that
 * gather meanwhile go together afterwards. Safe to share between threads; does not block.
 */
final class Recorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int MAX_BATCH = 512;
    private static final Duration AGAIN = Duration.ofMillis(10);
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor writer;
    private final Records records;
    private final MemoryPressure full;
    private final TopologyMonitor changes;
    private final Timer timer;
    private final Consumer<List<Entry>> onWritten;
    private final BiConsumer<KeyExecution, RuntimeException> onProblem;
    private final Queue<Entry> due = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();

    /** Runs continuations on the thread that brings the grid's answer. */
    private final AsyncGrid grid = new AsyncGrid(Runnable::run);

    /**
     * Makes a recorder.
     *
     * @param name the prefix of its thread's name; that thread does the writes for which the grid's threads must not
     *     wait
     * @param timer schedules retries
     * @param onWritten receives the entries that the grid has on primary and backup
     * @param onProblem receives the keys that could not be recorded
     */
    Recorder(
            String name,
            Records records,
            MemoryPressure full,
            TopologyMonitor changes,
            Timer timer,
            Consumer<List<Entry>> onWritten,
            BiConsumer<KeyExecution, RuntimeException> onProblem) {
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamedThreads(name + "-recorder"),
                new ThreadPoolExecutor.DiscardPolicy()); // once the node ends, nothing is recorded
        writer.allowCoreThreadTimeOut(true);
        this.records = records;
        this.full = full;
        this.changes = changes;
        this.timer = timer;
        this.onWritten = onWritten;
        this.onProblem = onProblem;
    }

    /**
     * The state of a key.
     *
     * @param run the key's run
     * @param state its {@link StateRecord}
     * @param alone whether it must be written with no other
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Entry(KeyExecution run, byte[] state, boolean alone) {
        private Entry onItsOwn() {
            return new Entry(run, state, true);
        }

        private Duration timeToLive() {
            return run.first().timeToLive();
        }
    }

    /**
     * Entries that are written together.
     *
     * @param written completes when the grid has them on primary and backup
     */
    private record Write(List<Entry> entries, IgniteFuture<Void> written) {}

    /** Writes a state. */
    void record(KeyExecution run, byte[] state) {
        Optional<RuntimeException> refusal = full.refusal(run.key());
        if (refusal.isPresent()) {
            onProblem.accept(run, refusal.get());
            return;
        }
        due.add(new Entry(run, state, false));
        pump();
    }

    private void pump() {
        while (!due.isEmpty() && writing.compareAndSet(false, true)) {
            List<Entry> batch = nextBatch();
            if (batch.isEmpty()) {
                writing.set(false); // another thread wrote it; check again, because more may have come since
                continue;
            }
            TopologyMonitor.Moment before = changes.now();
            List<Write> writes = write(batch);
            if (!writes.stream().allMatch(write -> write.written().isDone())) {
                onceDone(writes, () -> onDoneLater(writes, before));
                return;
            }
            onDone(writes, before); // here, not in a nested call: the next batch may complete at once too, and so on
        }
    }

    /** Takes the next entries, up to a number, and up to one with another time to live. */
    private List<Entry> nextBatch() {
        List<Entry> batch = new ArrayList<>();
        for (Entry next = due.peek(); next != null && batch.size() < MAX_BATCH; next = due.peek()) {
            if (!batch.isEmpty() && !next.timeToLive().equals(batch.get(0).timeToLive())) {
                break;
            }
            batch.add(due.remove()); // safe: only the thread that set the writing flag removes entries
        }
        return batch;
    }

    private List<Write> write(List<Entry> batch) {
        try {
            return split(batch).stream()
                    .map(entries -> new Write(entries, tryPut(entries)))
                    .toList();
        } catch (RuntimeException e) {
            return List.of(new Write(batch, SettableFuture.failed(e)));
        } catch (OutOfMemoryError e) { // a task filled the heap; later entries are still written
            RuntimeException problem = new IllegalStateException("the heap is full", e);
            return List.of(new Write(batch, SettableFuture.failed(problem)));
        }
    }

    /**
     * Divides a batch into entries that are written together: those with one primary node. If servers may be full soon,
     * each entry is written alone. Ignite 2.17 reports success for several although a node has refused one, if the
     * backups of the others answer first ({@code GridDhtAtomicAbstractUpdateFuture.map}).
     */
    private List<List<Entry>> split(List<Entry> batch) {
        boolean near = batch.size() > 1 && full.areNear();
        List<List<Entry>> parts = new ArrayList<>();
        Map<@Nullable ClusterNode, List<Entry>> together = new HashMap<>();
        for (Entry entry : batch) {
            if (near || entry.alone()) {
                parts.add(List.of(entry));
            } else {
                together.computeIfAbsent(records.primary(entry.run().key()), primary -> new ArrayList<>())
                        .add(entry);
            }
        }
        parts.addAll(together.values());
        return parts;
    }

    private IgniteFuture<Void> tryPut(List<Entry> entries) {
        try {
            return put(entries);
        } catch (RuntimeException e) {
            return SettableFuture.failed(e);
        }
    }

    private IgniteFuture<Void> put(List<Entry> entries) {
        Entry first = entries.get(0);
        if (entries.size() == 1) {
            return records.put(first.run().key(), first.state(), first.timeToLive());
        }
        // in one order, so that two writers never deadlock
        SortedMap<String, byte[]> states = new TreeMap<>();
        entries.forEach(entry -> states.put(entry.run().key(), entry.state()));
        return records.putAll(states, first.timeToLive(), writer);
    }

    /**
     * Runs an action once all writes are done, on the thread that brings the last answer; nothing is reported sooner.
     */
    private static void onceDone(List<Write> writes, Runnable action) {
        AtomicInteger left = new AtomicInteger(writes.size());
        for (Write write : writes) {
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
    private void onDoneLater(List<Write> writes, TopologyMonitor.Moment before) {
        onDone(writes, before);
        if (!due.isEmpty()) {
            writer.execute(this::pump);
        }
    }

    private void onDone(List<Write> writes, TopologyMonitor.Moment before) {
        writing.set(false);
        List<Entry> there = new ArrayList<>();
        for (Write write : writes) {
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
     * their primary node alone. So each is written again, alone.
     */
    private void onFailed(List<Entry> entries, RuntimeException problem) {
        if (Causes.have(problem, NoQuorumException.class)) {
            entries.forEach(entry -> onProblem.accept(entry.run(), problem)); // none of them was written
        } else if (entries.size() > 1) {
            entries.forEach(entry -> due.add(entry.onItsOwn()));
        } else if (IgniteErrors.isNodeStopping(problem)) {
            timer.after(AGAIN, () -> {
                due.addAll(entries);
                pump();
            });
        } else if (IgniteErrors.isOutOfMemory(problem)) {
            onFull(entries.get(0), problem);
        } else {
            onProblem.accept(entries.get(0).run(), problem);
        }
    }

    /**
     * Removes the record that the primary node may have although the backup is full, so that nobody gets another state
     * later.
     */
    private void onFull(Entry entry, RuntimeException problem) {
        KeyExecution run = entry.run();
        full.onRefused(run.key(), problem);
        grid.ask(
                () -> records.remove(run.key(), entry.state()),
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
