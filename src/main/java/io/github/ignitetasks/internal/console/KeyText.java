package io.github.ignitetasks.internal.console;

import io.github.ignitetasks.FailedAttempt;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.worker.KeyReport;
import java.time.Duration;

/** The answer for a key as text for people. Not safe for use by many threads. */
final class KeyText {
    private final StringBuilder text = new StringBuilder();

    private KeyText() {}

    /** Returns the lines. */
    static String of(KeyAnswer answer) {
        KeyText lines = new KeyText();
        lines.add("key", answer.key());
        lines.add("state", answer.state());
        answer.server().ifPresent(server -> lines.add("server", server));
        if (answer.ended().isPresent()) {
            lines.addEnd(answer.ended().get(), answer.resultBytes());
        } else {
            answer.running().ifPresent(lines::addRunning);
        }
        answer.silent().forEach(server -> lines.add(GridStatus.NO_ANSWER, "from server " + server));
        return lines.text.toString();
    }

    private void addEnd(State<?> state, long resultBytes) {
        add("attempt", ConsoleFormat.number(state.attempt()));
        add("started", state.startTime().toString());
        add("ended", state.endTime().toString());
        add("ran", ConsoleFormat.duration(Duration.between(state.startTime(), state.endTime())));
        if (state.isCompleted()) {
            add("result", ConsoleFormat.bytes(resultBytes));
        }
        if (state instanceof State.NotReady<?> notReady) {
            add("upstream", notReady.upstream());
        }
        state.failedAttempts().forEach(this::add);
        state.failure().ifPresent(this::add);
    }

    private void add(FailedAttempt attempt) {
        add(
                "attempt " + attempt.number(),
                "failed on " + attempt.node() + " at " + ConsoleFormat.time(attempt.endTime()) + ": "
                        + attempt.failure());
    }

    private void add(Failure failure) {
        add("failure", failure.toString());
        addLines("stack", failure.stackTrace());
    }

    private void addRunning(KeyReport report) {
        add("phase", report.call().map(ActiveCall::phase).map(Object::toString).orElse("queued"));
        report.call().ifPresent(call -> {
            call.waitsFor().ifPresent(waits -> add("waits for", waits));
            call.name().ifPresent(name -> add("task", name));
            call.flowRun().ifPresent(run -> add("flow run", run));
            add("attempt", ConsoleFormat.number(call.attempt()));
            add("elapsed", ConsoleFormat.duration(call.elapsed()));
            call.progress().map(TaskProgress::describe).ifPresent(progress -> add("progress", progress));
        });
        report.stack().ifPresent(stack -> addLines("stack", stack));
    }

    private void add(String name, String value) {
        text.append(name).append(": ").append(ConsoleFormat.text(value)).append(System.lineSeparator());
    }

    private void addLines(String name, String value) {
        if (!value.isEmpty()) {
            text.append(name).append(':').append(System.lineSeparator());
            text.append(ConsoleFormat.lines(value)).append(System.lineSeparator());
        }
    }
}
