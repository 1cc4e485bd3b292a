package io.github.ignitetasks.flow;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Thrown when tasks of a flow without a result did not complete, which makes the flow Failed. Its cause is the first of
 * their exceptions that could be carried to this JVM.
 *
 * <p>Safe to share as any exception is.
 */
public final class TasksNotCompletedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int TASKS_SHOWN = 10;

    @SuppressWarnings("serial") // the JDK's map is serializable, and so are states without results
    private final Map<String, State<?>> states;

    private TasksNotCompletedException(String message, Map<String, State<?>> states) {
        super(message);
        this.states = Collections.unmodifiableMap(states);
    }

    /**
     * Returns the exception of a flow whose tasks ended in these states.
     *
     * @param tasks how many of the states are of tasks, and not of shared values
     */
    static TasksNotCompletedException of(String flowName, Map<String, State<?>> taskStates, long tasks) {
        Map<String, State<?>> others = new LinkedHashMap<>(taskStates);
        others.values().removeIf(State::isCompleted);
        String list = others.entrySet().stream()
                .limit(TASKS_SHOWN)
                .map(task -> task.getKey() + " " + task.getValue().describe())
                .collect(joining("; "));
        String more = others.size() > TASKS_SHOWN ? "; and " + (others.size() - TASKS_SHOWN) + " more" : "";
        TasksNotCompletedException exception = new TasksNotCompletedException(
                others.size() + " of " + Math.max(tasks, others.size()) + " tasks of flow '" + flowName
                        + "' did not complete: " + list + more,
                others);
        others.values().stream()
                .flatMap(state -> state.failure().flatMap(Failure::throwable).stream())
                .findFirst()
                .ifPresent(exception::initCause);
        return exception;
    }

    /**
     * Returns the states of the tasks that did not complete, by task-run name, in the order of submission.
     * Unmodifiable.
     */
    public Map<String, State<?>> states() {
        return states;
    }
}
