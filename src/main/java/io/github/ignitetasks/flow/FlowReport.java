package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a flow and its tasks ended. Immutable and safe to share, as far as the results are.
 *
 * @param flowName the name of the flow
 * @param flowRunId the id of the flow run
 * @param state how the flow ended
 * @param taskStates how the tasks of its last attempt ended, by task-run name, in the order of submission. A result that
 *     stayed on the grid is not fetched for it, and the others are read for a few seconds at most: {@code result()} of a
 *     state without its result throws an {@link IllegalStateException}
 * @param <R> the type of the result
 */
public record FlowReport<R extends @Nullable Object>(
        String flowName, UUID flowRunId, State<R> state, Map<String, State<?>> taskStates) {

    /** Copies the map. */
    public FlowReport {
        requireNonNull(flowName, "flowName");
        requireNonNull(flowRunId, "flowRunId");
        requireNonNull(state, "state");
        taskStates = Collections.unmodifiableMap(new LinkedHashMap<>(taskStates));
    }

    /**
     * Returns what the flow's body returned.
     *
     * @throws NotCompletedException if the flow ended without a result; its cause is what the body threw
     */
    public R result() {
        if (!state.isCompleted()) {
            throw new NotCompletedException("flow '" + flowName + "'", state);
        }
        return state.result();
    }

    /** Returns one line, such as {@code count-to: Completed, 10 tasks Completed}. */
    public String describe() {
        return flowName + ": " + state.name() + ", " + describeTasks();
    }

    /** Returns how many tasks ended in which way, such as {@code 9 tasks Completed, 1 task Failed}. */
    String describeTasks() {
        Map<String, Long> counts = taskStates.values().stream()
                .sorted(Comparator.comparing(State::type))
                .collect(groupingBy(State::name, LinkedHashMap::new, counting()));
        return counts.isEmpty()
                ? "no tasks"
                : counts.entrySet().stream()
                        .map(end -> end.getValue() + (end.getValue() == 1 ? " task " : " tasks ") + end.getKey())
                        .collect(joining(", "));
    }
}
