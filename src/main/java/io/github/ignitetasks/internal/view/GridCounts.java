package io.github.ignitetasks.internal.view;

import static java.util.stream.Collectors.toSet;

import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.GridSnapshot;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.SessionSnapshot.PendingCounts;
import io.github.ignitetasks.internal.events.TaskCounts;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The counts of the calls of a grid by name: the sums over its nodes. The calls that ended on a node stay in the sums
 * after the node has gone, or has begun anew. Not safe to share.
 */
final class GridCounts {
    /** How many nodes are told apart, unless more are there at a time. */
    static final int MAX_NODES = 200;

    /** The nodes by name, in the order in which they were first seen. */
    private final Map<String, NodeCounts> nodes = new LinkedHashMap<>();

    /** The ended calls of nodes that are not told apart any more. */
    private final Map<String, RowCounts> past = new HashMap<>();

    /** The names that are told apart. */
    private final Set<String> names = new LinkedHashSet<>();

    /**
     * The counts of a node.
     *
     * @param id the id of the node, which is another one after a restart
     * @param byName by the name of the calls
     * @param isGone whether it has left the grid
     */
    private record NodeCounts(UUID id, Map<String, RowCounts> byName, boolean isGone) {
        NodeCounts gone() {
            Map<String, RowCounts> ended = new HashMap<>(byName);
            ended.replaceAll((name, counts) -> counts.withoutPending());
            return new NodeCounts(id, ended, true);
        }

        Ends ends() {
            RowCounts sum = byName.values().stream().reduce(RowCounts.NONE, RowCounts::plus);
            return new Ends(sum.ended(), sum.allFailed());
        }
    }

    /**
     * Calls that ended.
     *
     * @param all all of them
     * @param failed those that failed
     */
    record Ends(long all, long failed) {
        static final Ends NONE = new Ends(0, 0);

        Ends plus(Ends other) {
            return new Ends(all + other.all, failed + other.failed);
        }

        Ends minus(Ends other) {
            return new Ends(all - other.all, Math.max(0, failed - other.failed));
        }
    }

    /**
     * Notes a snapshot of the grid. Returns the calls that have ended since the snapshot before. Calls that ended on
     * a node before its first snapshot do not count.
     */
    Ends note(GridSnapshot snapshot) {
        Set<String> there = snapshot.nodes().stream().map(NodeReport::node).collect(toSet());
        there.addAll(snapshot.silent());
        nodes.replaceAll((name, node) -> there.contains(name) || node.isGone ? node : node.gone());
        Ends ends = Ends.NONE;
        for (NodeReport report : snapshot.nodes()) {
            NodeCounts now = new NodeCounts(report.id(), rows(report), false);
            NodeCounts before = nodes.put(report.node(), now);
            if (before != null && before.id.equals(now.id)) {
                ends = ends.plus(now.ends().minus(before.ends()));
            } else if (before != null) { // it has started again
                keep(before);
                ends = ends.plus(now.ends());
            }
        }
        forgetGoneNodes();
        return ends;
    }

    private static Map<String, RowCounts> rows(NodeReport report) {
        Map<String, Map<ActiveCall.Phase, Long>> phases = new HashMap<>();
        for (ActiveCall call : report.calls()) {
            phases.computeIfAbsent(
                            call.name().orElse(TaskCounts.UNNAMED), name -> new EnumMap<>(ActiveCall.Phase.class))
                    .merge(call.phase(), 1L, Long::sum);
        }
        Map<String, RowCounts> rows = new HashMap<>();
        report.byName().forEach((name, counts) -> {
            Map<ActiveCall.Phase, Long> known = phases.getOrDefault(name, Map.of());
            long retrying = known.getOrDefault(ActiveCall.Phase.RETRYING, 0L);
            long running = Math.max(0, counts.running() - retrying);
            rows.put(name, RowCounts.of(counts, new PendingCounts(0, 0, running, retrying)));
        });
        return rows;
    }

    private void keep(NodeCounts node) {
        node.gone().byName.forEach((name, counts) -> past.merge(counted(name), counts, RowCounts::plus));
    }

    private void forgetGoneNodes() {
        var all = nodes.values().iterator();
        while (nodes.size() > MAX_NODES && all.hasNext()) {
            NodeCounts node = all.next();
            if (node.isGone) {
                keep(node);
                all.remove();
            }
        }
    }

    /** Returns the name under which calls count: their own for as many names as one node tells apart. */
    String counted(String name) {
        if (names.contains(name)) {
            return name;
        }
        if (names.size() >= TaskCounts.MAX_NAMES) {
            return TaskCounts.OTHERS;
        }
        names.add(name);
        return name;
    }

    /** Returns the sums by name. */
    Map<String, RowCounts> byName() {
        Map<String, RowCounts> sums = new HashMap<>(past);
        for (NodeCounts node : nodes.values()) {
            node.byName.forEach((name, counts) -> sums.merge(counted(name), counts, RowCounts::plus));
        }
        return sums;
    }
}
