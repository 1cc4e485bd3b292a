package io.github.ignitetasks.internal.view;

import static java.util.Comparator.comparing;

import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.NodeReport.RecentFailure;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.internal.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The failures that the nodes of a grid have told, in groups. A node tells only its latest ones, so some are missed. Not
 * safe to share.
 */
final class GridFailures {
    private final FailureGroups groups = new FailureGroups();

    /** The latest failures of each node, by its name; the node that has reported none for longest is the first. */
    private final Map<String, Set<Told>> latest = new LinkedHashMap<>();

    private long seen;

    private record Told(String key, Instant time, int attempt) {
        static Told of(RecentFailure failure) {
            return new Told(failure.key(), failure.time(), failure.attempt());
        }
    }

    private record OnNode(String node, RecentFailure failure) {}

    /**
     * Notes the failures that the nodes have not told before.
     *
     * @param counted gives the name under which the calls of a name count
     */
    void note(List<NodeReport> reports, UnaryOperator<String> counted) {
        List<OnNode> fresh = new ArrayList<>();
        for (NodeReport report : reports) {
            Set<Told> known = latest.remove(report.node());
            Set<Told> told = new HashSet<>();
            for (RecentFailure failure : report.failures()) {
                told.add(Told.of(failure));
                if (known == null || !known.contains(Told.of(failure))) {
                    fresh.add(new OnNode(report.node(), failure));
                }
            }
            latest.put(report.node(), told);
        }
        fresh.sort(comparing(each -> each.failure.time())); // because a group shows its latest
        fresh.forEach(each -> add(each.failure, each.node, counted));
        seen += fresh.size();
        var oldest = latest.keySet().iterator();
        while (latest.size() > Math.max(GridCounts.MAX_NODES, reports.size()) && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }

    private void add(RecentFailure failure, String node, UnaryOperator<String> counted) {
        groups.add(
                counted.apply(failure.name().isEmpty() ? TaskCounts.UNNAMED : failure.name()),
                failure.state(),
                failure.failure(),
                new FailureGroups.Example(
                        failure.key(),
                        failure.failure().message(),
                        failure.failure().stackTrace(),
                        node,
                        failure.attempt(),
                        failure.time().toEpochMilli()));
    }

    /** Returns how many failures were noted. */
    long seen() {
        return seen;
    }

    /** Writes the groups. */
    void write(JsonWriter json) {
        groups.write(json, FrameLimits.LIVE);
    }
}
