package io.github.ignitetasks.examples;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.FutureList;
import io.github.ignitetasks.MappedFutures;
import io.github.ignitetasks.Retries;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.FlowReport;
import io.github.ignitetasks.flow.FlowRun;
import io.github.ignitetasks.flow.Task;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/**
 * A nightly job that can be run again until it is done: {@code nightly [DATE]}. The date names the flow run. On a grid
 * that outlives it, a second run of the same date reuses what the first one completed, also if that was killed.
 *
 * <p>The orders come from a made-up shop whose south branch is closed on Sundays.
 */
final class Nightly {
    static final List<String> BRANCHES = List.of("north", "east", "south", "west");

    /** The orders of a branch on a day. */
    record Orders(String branch, LocalDate day, int number, long cents) implements java.io.Serializable {}

    /** A branch and a day. */
    record Day(String branch, LocalDate day) implements java.io.Serializable {}

    static final Task<Day, Orders> EXTRACT = Task.named("extract")
            .timeout(Duration.ofMinutes(10))
            .retries(Retries.exponential(2, Duration.ofMillis(50)).cap(Duration.ofMinutes(1)))
            .body((Day day) -> ordersOf(day))
            .withRunName(day -> "extract " + day.branch());

    static final Flow<LocalDate, String> NIGHTLY = Flow.named("nightly").body(Nightly::job);

    private Nightly() {}

    private static String job(FlowRun run, LocalDate day) {
        MappedFutures<Day, Orders> extracts = run.map(
                EXTRACT, BRANCHES.stream().map(branch -> new Day(branch, day)).toList());
        FutureList<Orders> good = extracts.completed();
        String branches = good.results().stream().map(Orders::branch).collect(joining(" "));
        // these names tell what the tasks use, so that a later run with more branches runs them again
        TaskFuture<Long> total = run.submit(
                "load " + branches,
                () -> good.results().stream().mapToLong(Orders::cents).sum());
        TaskFuture<State<List<Orders>>> ends = extracts.all().settled();
        TaskFuture<String> mail = run.after(total)
                .submit(
                        "mail " + branches,
                        () -> String.format(
                                Locale.ROOT,
                                "%s: %,.2f in %d of %d branches; %s",
                                day,
                                total.result() / 100.0,
                                good.size(),
                                BRANCHES.size(),
                                ends.result().isCompleted()
                                        ? "complete"
                                        : ends.result().describe()));
        return mail.result();
    }

    private static Orders ordersOf(Day day) throws IOException {
        if (day.branch().equals("south") && day.day().getDayOfWeek().getValue() == 7) {
            throw new IOException("the south branch is closed");
        }
        int number = Math.floorMod(day.hashCode(), 900) + 100;
        return new Orders(day.branch(), day.day(), number, number * 1_995L);
    }

    /** Runs the example and returns its exit code. */
    static int run(List<String> args, TaskRunner taskRunner) {
        LocalDate day = day(args);
        FlowReport<String> report =
                NIGHTLY.withTaskRunner(taskRunner).withRunId(day.toString()).runReport(day);
        System.out.println(report.state().isCompleted() ? report.result() : report.describe());
        return report.state().isCompleted() ? 0 : 1;
    }

    private static LocalDate day(List<String> args) {
        try {
            return args.isEmpty() ? LocalDate.now(ZoneId.systemDefault()) : LocalDate.parse(args.get(0));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + args.get(0) + "' is no date; give one such as 2026-11-28", e);
        }
    }
}
