package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The final states of a flow and its tasks. Immutable; safe to share if the results are.
 *
 * <p>The report fetches no result. If a large result stayed on the grid, and nobody asked for it before the flow's session
 * closed, {@code result()} of its state throws a {@link io.github.ignitetasks.ResultUnavailableException}.
 *
 * @param <R> the type of the result
 */
public final class FlowReport<R extends @Nullable Object> {
    private final String flowName;
    private final UUID flowRunId;
    private final State<R> state;
    private final Map<String, State<?>> taskStates;
    private final String tasks;

    FlowReport(String flowName, UUID flowRunId, State<R> state, Map<String, State<?>> taskStates, EndsByName ends) {
        this.flowName = requireNonNull(flowName, "flowName");
        this.flowRunId = requireNonNull(flowRunId, "flowRunId");
        this.state = requireNonNull(state, "state");
        this.taskStates = Collections.unmodifiableMap(new LinkedHashMap<>(taskStates));
        this.tasks = ends.toString();
    }

    /** Returns the name of the flow. */
    public String flowName() {
        return flowName;
    }

    /** Returns the id of the flow run. */
    public UUID flowRunId() {
        return flowRunId;
    }

    /** Returns the final state of the flow. */
    public State<R> state() {
        return state;
    }

    /** Returns the final states of the tasks of the last attempt, by task-run name, in the order of submission. */
    public Map<String, State<?>> taskStates() {
        return taskStates;
    }

    /**
     * Returns the result of the flow's body.
     *
     * @throws NotCompletedException if the flow ended without a result; its cause is the body's exception
     */
    public R result() {
        if (!state.isCompleted()) {
            throw new NotCompletedException("flow '" + flowName + "'", state);
        }
        return state.result();
    }

    /**
     * Returns a summary in one line, such as {@code crawl: Completed; fetch 9 Completed 1 Failed, sum 1 Completed}. It
     * tells how the tasks of the last attempt ended, by name, for the first 8 names. Tasks of {@link FlowRun#mapStream}
     * count too, and shared values do not.
     */
    public String describe() {
        return flowName + ": " + state.name() + "; " + tasks;
    }

    /** Returns the numbers of tasks by name and state, such as {@code fetch 9 Completed 1 Failed}. */
    String describeTasks() {
        return tasks;
    }

    /** Returns the summary of {@link #describe}. */
    @Override
    public String toString() {
        return describe();
    }
}
