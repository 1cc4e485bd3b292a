package io.github.ignitetasks.internal.console;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.console.GridStatus.OnNode;
import io.github.ignitetasks.internal.console.GridStatus.Server;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.NodeReport.RecentFailure;
import io.github.ignitetasks.internal.events.TaskCounts.Counts;
import java.util.List;
import java.util.function.Function;

/**
 * The status of a grid as text for people.
 *
 * @param status the status
 */
record StatusText(GridStatus status) {
    private static final int MOST_ROWS = 10;
    private static final int MAX_KEY = 60; // characters
    private static final int MAX_FAILURE = 200;

    /** Returns the lines. */
    @Override
    public String toString() {
        return servers()
                + tasks()
                + section("longest running calls", status.calls(), status.activeCalls(), StatusText::calls)
                + section("last failures", status.failures(), status.failures().size(), StatusText::failures);
    }

    private String servers() {
        Table table =
                new Table("SERVER", "STATE", "SLOTS", "RUNNING", "IN FLIGHT", "HEAP", "OF", "CPU", "RECORDS", "MEMORY");
        for (Server server : status.servers()) {
            String name = Shown.text(server.name());
            server.report()
                    .ifPresentOrElse(
                            report -> add(table, name, server.state(), report), () -> addSilent(table, name, server));
        }
        return table.toString();
    }

    private static void add(Table table, String name, String state, NodeReport report) {
        table.add(
                name,
                state,
                Shown.number(report.slots()),
                Shown.number(report.slots() - report.freeSlots()),
                Shown.number(report.inFlight()),
                Shown.bytes(report.heapUsed()),
                Shown.bytes(report.heapMax()),
                Shown.percent(report.cpu()),
                Shown.number(report.records()),
                Shown.bytes(report.memoryUsed()));
    }

    private static void addSilent(Table table, String name, Server server) {
        String none = Shown.NOTHING;
        table.add(name, server.state(), none, none, none, none, none, none, none, none);
    }

    private String tasks() {
        Table table = new Table(
                "TASK", "QUEUED", "RUNNING", "COMPLETED", "FAILED", "CRASHED", "CANCELLED", "NOT READY", "RETRIES");
        status.byName()
                .forEach((name, counts) -> table.add(
                        Shown.text(name, MAX_KEY),
                        Shown.number(counts.pending() - counts.running()),
                        Shown.number(counts.running()),
                        ended(counts, StateType.COMPLETED),
                        ended(counts, StateType.FAILED),
                        ended(counts, StateType.CRASHED),
                        ended(counts, StateType.CANCELLED),
                        ended(counts, StateType.NOT_READY),
                        Shown.number(counts.retries())));
        return table.isEmpty() ? "" : System.lineSeparator() + table;
    }

    private static String ended(Counts counts, StateType type) {
        return Shown.number(counts.ended().getOrDefault(type, 0L));
    }

    private static <T> String section(String title, List<T> all, long number, Function<List<T>, Table> table) {
        if (all.isEmpty()) {
            return "";
        }
        List<T> shown = all.subList(0, Math.min(MOST_ROWS, all.size()));
        String line = System.lineSeparator();
        return line + title + ", " + shown.size() + " of " + number + " shown:" + line + table.apply(shown);
    }

    private static Table calls(List<OnNode<ActiveCall>> calls) {
        Table table = new Table("ELAPSED", "PHASE", "SERVER", "ATTEMPT", "TASK", "PROGRESS", "KEY");
        for (OnNode<ActiveCall> each : calls) {
            ActiveCall call = each.value();
            table.add(
                    Shown.duration(call.elapsed()),
                    Shown.phase(call.phase()),
                    Shown.text(each.node()),
                    Shown.number(call.attempt()),
                    Shown.text(call.name().orElse(Shown.NOTHING), MAX_KEY),
                    Shown.text(call.progress().map(TaskProgress::describe).orElse(Shown.NOTHING), MAX_KEY),
                    Shown.text(call.key()));
        }
        return table;
    }

    private static Table failures(List<OnNode<RecentFailure>> failures) {
        Table table = new Table("TIME", "STATE", "SERVER", "ATTEMPT", "TASK", "KEY", "FAILURE");
        for (OnNode<RecentFailure> each : failures) {
            RecentFailure failure = each.value();
            table.add(
                    Shown.time(failure.time()),
                    failure.state().toString(),
                    Shown.text(each.node()),
                    Shown.number(failure.attempt()),
                    failure.name().isEmpty() ? Shown.NOTHING : Shown.text(failure.name(), MAX_KEY),
                    Shown.text(failure.key(), MAX_KEY),
                    Shown.text(failure.failure().toString(), MAX_FAILURE));
        }
        return table;
    }
}
