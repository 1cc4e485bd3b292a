package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.compat.SettableFuture;
import io.github.ignitetasks.internal.compat.TopologyMonitor;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;

/**
 * The writer of several states together. A write of it succeeds only if the grid has taken every state.
 *
 * <p>A write of Ignite 2.17 does not show that. Where a node refuses some of several entries, the backups of the others
 * may answer first, and their answer counts for all ({@code GridDhtAtomicAbstractUpdateFuture.map}). So there are three
 * rules:
 *
 * <ul>
 *   <li>Entries are written together only if they have one primary node, and one time to live.
 *   <li>If that is another node, the last entry is written after the others. If the grid has not changed meanwhile
 *       ({@link TopologyMonitor}), the node that takes the last has not begun to leave, so it has taken all.
 *   <li>If servers may be full soon, each entry is written alone.
 * </ul>
 *
 * @param records the records of the grid
 * @param memory tells whether servers may be full soon
 * @param executor writes the last entries
 */
record BatchWriter(Records records, MemoryPressure memory, Executor executor) {

    /**
     * Entries that are written together.
     *
     * @param written completes when the grid has them on primary and backup
     */
    record Write(List<Recorder.Entry> entries, IgniteFuture<Void> written) {}

    /** The primary node and the time to live that all entries of one write share. */
    private record Target(@Nullable ClusterNode primary, Duration timeToLive) {}

    /** Begins to write a batch of entries. */
    List<Write> write(List<Recorder.Entry> batch) {
        return split(batch).stream()
                .map(entries -> new Write(entries, tryPut(entries)))
                .toList();
    }

    private List<List<Recorder.Entry>> split(List<Recorder.Entry> batch) {
        boolean near = batch.size() > 1 && memory.areNear();
        List<List<Recorder.Entry>> parts = new ArrayList<>();
        Map<Target, List<Recorder.Entry>> together = new HashMap<>();
        for (Recorder.Entry entry : batch) {
            if (near || entry.alone()) {
                parts.add(List.of(entry));
            } else {
                Target target = new Target(records.primary(entry.run().key()), entry.timeToLive());
                together.computeIfAbsent(target, same -> new ArrayList<>()).add(entry);
            }
        }
        parts.addAll(together.values());
        return parts;
    }

    private IgniteFuture<Void> tryPut(List<Recorder.Entry> entries) {
        try {
            return put(entries);
        } catch (RuntimeException e) {
            return SettableFuture.failed(e);
        }
    }

    private IgniteFuture<Void> put(List<Recorder.Entry> entries) {
        Recorder.Entry first = entries.get(0);
        if (entries.size() == 1) {
            return records.put(first.run().key(), first.state(), first.timeToLive());
        }
        // in one order, so that two writers never deadlock
        SortedMap<String, byte[]> states = new TreeMap<>();
        entries.forEach(entry -> states.put(entry.run().key(), entry.state()));
        return putAll(states, first.timeToLive());
    }

    /** Writes the records of states that share a primary node. */
    IgniteFuture<Void> putAll(SortedMap<String, byte[]> states, Duration timeToLive) {
        ClusterNode primary = records.primary(states.firstKey());
        if (primary == null || primary.isLocal()) {
            return records.putAll(states, timeToLive);
        }
        String last = states.lastKey();
        byte[] state = requireNonNull(states.get(last));
        SettableFuture<Void> written = new SettableFuture<>();
        AsyncGrid grid = new AsyncGrid(executor);
        grid.ask(
                () -> records.putAll(states.headMap(last), timeToLive),
                others -> grid.ask(
                        () -> records.put(last, state, timeToLive), none -> written.complete(null), written::fail),
                written::fail);
        return written.future();
    }
}
