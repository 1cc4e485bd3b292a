package io.github.ignitetasks.examples;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.FlowReport;
import io.github.ignitetasks.flow.Task;
import java.util.List;

/** Starts tasks that each print a number after half a second: {@code count-to [HOW-MANY]}. */
final class CountTo {
    static final Task<Integer, Void> SHOUT = Task.named("shout").action(number -> {
        Thread.sleep(500);
        System.out.println("#" + number);
    });

    static final Flow<Integer, Void> COUNT_TO = Flow.named("count-to").action((run, highest) -> {
        for (int number = 0; number < highest; number++) {
            run.submit(SHOUT, number);
        }
    });

    private static final int DEFAULT_HIGHEST = 10;

    private CountTo() {}

    /** Runs the example and returns its exit code: 0 if the flow is Completed. */
    static int run(List<String> args, TaskRunner taskRunner) {
        FlowReport<Void> report = COUNT_TO.withTaskRunner(taskRunner).runReport(highest(args));
        System.out.println(report.describe());
        return report.state().isCompleted() ? 0 : 1;
    }

    private static int highest(List<String> args) {
        if (args.isEmpty()) {
            return DEFAULT_HIGHEST;
        }
        String text = args.get(0);
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no count; give a whole number from 0", e);
        }
    }
}
