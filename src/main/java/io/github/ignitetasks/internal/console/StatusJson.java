package io.github.ignitetasks.internal.console;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.console.GridStatus.OnNode;
import io.github.ignitetasks.internal.console.GridStatus.Server;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.NodeReport.RecentFailure;
import io.github.ignitetasks.internal.events.TaskCounts.Counts;
import io.github.ignitetasks.internal.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The status of a grid as a JSON object. docs/operations.md documents the names. */
final class StatusJson {
    private StatusJson() {}

    /** Returns the object. */
    static JsonObject of(GridStatus status) {
        List<JsonObject> tasks = status.byName().entrySet().stream()
                .map(task -> task(task.getKey(), task.getValue()))
                .toList();
        return new JsonObject()
                .with(
                        "servers",
                        status.servers().stream().map(StatusJson::server).toList())
                .with("tasks", tasks)
                .with("activeCalls", status.activeCalls())
                .with("calls", status.calls().stream().map(StatusJson::call).toList())
                .with(
                        "failures",
                        status.failures().stream().map(StatusJson::failure).toList());
    }

    private static JsonObject server(Server server) {
        Function<Function<NodeReport, Object>, Optional<Object>> of =
                value -> server.report().map(value);
        return new JsonObject()
                .with("name", server.name())
                .with("state", server.state())
                .with("slots", of.apply(NodeReport::slots))
                .with("running", of.apply(report -> report.slots() - report.freeSlots()))
                .with("inFlight", of.apply(NodeReport::inFlight))
                .with("heapUsedBytes", of.apply(report -> known(report.heapUsed())))
                .with("heapMaxBytes", of.apply(report -> known(report.heapMax())))
                .with("cpu", of.apply(report -> Optional.of(report.cpu()).filter(share -> share >= 0)))
                .with("records", of.apply(report -> known(report.records())))
                .with("memoryUsedBytes", of.apply(report -> known(report.memoryUsed())))
                .with("time", of.apply(NodeReport::time));
    }

    private static Optional<Long> known(long number) {
        return Optional.of(number).filter(some -> some >= 0);
    }

    private static JsonObject task(String name, Counts counts) {
        return new JsonObject()
                .with("name", name)
                .with("queued", counts.pending() - counts.running())
                .with("running", counts.running())
                .with("completed", ended(counts, StateType.COMPLETED))
                .with("failed", ended(counts, StateType.FAILED))
                .with("crashed", ended(counts, StateType.CRASHED))
                .with("cancelled", ended(counts, StateType.CANCELLED))
                .with("notReady", ended(counts, StateType.NOT_READY))
                .with("retries", counts.retries());
    }

    private static long ended(Counts counts, StateType type) {
        return counts.ended().getOrDefault(type, 0L);
    }

    private static JsonObject call(OnNode<ActiveCall> each) {
        return call(each.value()).with("server", each.node());
    }

    /** Returns the object of a call. */
    static JsonObject call(ActiveCall call) {
        return new JsonObject()
                .with("key", call.key())
                .with("name", call.name())
                .with("flowRun", call.flowRun())
                .with("phase", call.phase())
                .with("waitsFor", call.waitsFor())
                .with("attempt", call.attempt())
                .with("elapsedMillis", call.elapsed().toMillis())
                .with("progress", call.progress().map(StatusJson::progress));
    }

    private static JsonObject progress(TaskProgress progress) {
        return new JsonObject()
                .with("done", progress.done())
                .with("total", progress.total())
                .with("text", progress.text())
                .with("time", progress.time());
    }

    private static JsonObject failure(OnNode<RecentFailure> each) {
        RecentFailure failure = each.value();
        return new JsonObject()
                .with("key", failure.key())
                .with("name", Optional.of(failure.name()).filter(name -> !name.isEmpty()))
                .with("server", each.node())
                .with("state", failure.state())
                .with("attempt", failure.attempt())
                .with("time", failure.time())
                .with("type", failure.failure().type())
                .with("message", failure.failure().message());
    }
}
