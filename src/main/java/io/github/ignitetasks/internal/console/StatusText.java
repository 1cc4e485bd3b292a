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
            String name = ConsoleFormat.text(server.name());
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
                ConsoleFormat.number(report.slots()),
                ConsoleFormat.number(report.slots() - report.freeSlots()),
                ConsoleFormat.number(report.inFlight()),
                ConsoleFormat.bytes(report.heapUsed()),
                ConsoleFormat.bytes(report.heapMax()),
                ConsoleFormat.percent(report.cpu()),
                ConsoleFormat.number(report.records()),
                ConsoleFormat.bytes(report.memoryUsed()));
    }

    private static void addSilent(Table table, String name, Server server) {
        String none = ConsoleFormat.NOTHING;
        table.add(name, server.state(), none, none, none, none, none, none, none, none);
    }

    private String tasks() {
        Table table = new Table(
                "TASK", "QUEUED", "RUNNING", "COMPLETED", "FAILED", "CRASHED", "CANCELLED", "NOT READY", "RETRIES");
        status.byName()
                .forEach((name, counts) -> table.add(
                        ConsoleFormat.text(name, MAX_KEY),
                        ConsoleFormat.number(counts.pending() - counts.running()),
                        ConsoleFormat.number(counts.running()),
                        ended(counts, StateType.COMPLETED),
                        ended(counts, StateType.FAILED),
                        ended(counts, StateType.CRASHED),
                        ended(counts, StateType.CANCELLED),
                        ended(counts, StateType.NOT_READY),
                        ConsoleFormat.number(counts.retries())));
        return table.isEmpty() ? "" : System.lineSeparator() + table;
    }

    private static String ended(Counts counts, StateType type) {
        return ConsoleFormat.number(counts.ended().getOrDefault(type, 0L));
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
                    ConsoleFormat.duration(call.elapsed()),
                    ConsoleFormat.text(phase(call), MAX_KEY),
                    ConsoleFormat.text(each.node()),
                    ConsoleFormat.number(call.attempt()),
                    ConsoleFormat.text(call.name().orElse(ConsoleFormat.NOTHING), MAX_KEY),
                    ConsoleFormat.text(
                            call.progress().map(TaskProgress::describe).orElse(ConsoleFormat.NOTHING), MAX_KEY),
                    ConsoleFormat.text(call.key()));
        }
        return table;
    }

    private static String phase(ActiveCall call) {
        return call.waitsFor()
                .map(waits -> call.phase() + ", " + waits)
                .orElse(call.phase().toString());
    }

    private static Table failures(List<OnNode<RecentFailure>> failures) {
        Table table = new Table("TIME", "STATE", "SERVER", "ATTEMPT", "TASK", "KEY", "FAILURE");
        for (OnNode<RecentFailure> each : failures) {
            RecentFailure failure = each.value();
            table.add(
                    ConsoleFormat.time(failure.time()),
                    failure.state().toString(),
                    ConsoleFormat.text(each.node()),
                    ConsoleFormat.number(failure.attempt()),
                    failure.name().isEmpty() ? ConsoleFormat.NOTHING : ConsoleFormat.text(failure.name(), MAX_KEY),
                    ConsoleFormat.text(failure.key(), MAX_KEY),
                    ConsoleFormat.text(failure.failure().toString(), MAX_FAILURE));
        }
        return table;
    }
}
