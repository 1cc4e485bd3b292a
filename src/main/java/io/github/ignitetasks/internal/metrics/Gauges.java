package io.github.ignitetasks.internal.metrics;

import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.SessionSnapshot;
import io.github.ignitetasks.internal.events.SessionSnapshot.PendingCounts;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The gauges of a group, which tell of its open sessions. A gauge looks its sessions up when it is read, so it does not
 * matter which of them registered it. Safe to share between threads.
 */
final class Gauges {
    private static final String PREFIX = "ignite.tasks.";

    private final MeterGroup group;
    private final Set<Meter.Id> registered = ConcurrentHashMap.newKeySet();

    Gauges(MeterGroup group) {
        this.group = group;
    }

    /** Registers the gauges of nodes and connections. Those that the registry has stay as they are. */
    void register() {
        register("slots", "Calls that the nodes run at a time", orZero(ofNodes(NodeReport::slots)));
        register("nodes", "Nodes that answer", orZero(ofNodes(node -> 1)));
        register("records", "Records that the nodes keep, without backups", ofNodes(NodeReport::records));
        add(Gauge.builder(PREFIX + "records.bytes", ofNodes(NodeReport::memoryUsed))
                .description("Used memory of the data regions that have the records")
                .baseUnit("bytes"));
        register("connected", "1 if all sessions reach their grids, else 0", this::connected);
    }

    /** Registers the gauges of the tasks of a name. Those that the registry has stay as they are. */
    void register(String name) {
        register("waiting", "Tasks that wait for others", name, PendingCounts::waiting);
        register("queued", "Tasks on their way to a slot", name, PendingCounts::queued);
        register("running", "Tasks that run", name, PendingCounts::running);
        register("retrying", "Tasks that wait for their next attempt", name, PendingCounts::retrying);
    }

    private void register(String suffix, String description, String name, ToLongFunction<PendingCounts> count) {
        add(Gauge.builder(PREFIX + suffix, () -> pending(name, count))
                .description(description)
                .tags(Tags.of(TaskMeters.TASK, name)));
    }

    private void register(String suffix, String description, Supplier<Number> value) {
        add(Gauge.builder(PREFIX + suffix, value).description(description));
    }

    private void add(Gauge.Builder<?> gauge) {
        registered.add(gauge.tags(group.tags()).register(group.registry()).getId());
    }

    /** Removes what was registered. */
    void remove() {
        registered.forEach(group.registry()::remove);
    }

    private List<CachedSnapshot> sessions() {
        SharedMeters live = SharedMeters.live(group);
        return live == null ? List.of() : live.sessions();
    }

    private Number connected() {
        List<CachedSnapshot> sessions = sessions();
        if (sessions.isEmpty()) {
            return Double.NaN;
        }
        return sessions.stream().allMatch(each -> each.session().isConnected()) ? 1 : 0;
    }

    private Number pending(String name, ToLongFunction<PendingCounts> count) {
        SharedMeters live = SharedMeters.live(group);
        if (live == null) {
            return Double.NaN;
        }
        boolean rest = name.equals(TaskCounts.OTHERS);
        boolean seen = false;
        long sum = 0;
        for (CachedSnapshot session : live.sessions()) {
            Optional<SessionSnapshot> snapshot = session.get();
            seen |= snapshot.isPresent();
            for (Map.Entry<String, PendingCounts> entry :
                    snapshot.map(SessionSnapshot::pending).orElse(Map.of()).entrySet()) {
                if (rest ? !live.isNamed(entry.getKey()) : name.equals(entry.getKey())) {
                    sum += count.applyAsLong(entry.getValue());
                }
            }
        }
        return seen ? (Number) sum : (Number) Double.NaN;
    }

    /** Returns the sum of a number over the nodes that know it; not a number if none does. */
    private Supplier<Number> ofNodes(ToLongFunction<NodeReport> number) {
        return () -> {
            long sum = 0;
            boolean known = false;
            for (NodeReport node : nodes()) {
                long value = number.applyAsLong(node);
                if (value != NodeReport.UNKNOWN) {
                    sum += value;
                    known = true;
                }
            }
            return known ? (Number) sum : (Number) Double.NaN;
        };
    }

    /** Returns a number that is zero if the sessions have snapshots in which no node knows it. */
    private Supplier<Number> orZero(Supplier<Number> number) {
        return () -> {
            Number value = number.get();
            boolean hasSnapshot =
                    sessions().stream().anyMatch(session -> session.get().isPresent());
            return hasSnapshot && Double.isNaN(value.doubleValue()) ? (Number) 0 : value;
        };
    }

    /** Returns the reports of the nodes. A node that several sessions use counts once. */
    private Collection<NodeReport> nodes() {
        Map<String, NodeReport> byName = new HashMap<>();
        List<NodeReport> all = new ArrayList<>();
        for (CachedSnapshot session : sessions()) {
            session.get().map(SessionSnapshot::nodes).orElse(List.of()).forEach(node -> {
                if (node.node().equals(NodeReport.LOCAL)) {
                    all.add(node);
                } else {
                    byName.put(node.node(), node);
                }
            });
        }
        all.addAll(byName.values());
        return all;
    }
}
