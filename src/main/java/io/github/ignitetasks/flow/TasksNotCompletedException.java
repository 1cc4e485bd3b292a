package io.github.ignitetasks.flow;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What makes a flow that returns nothing Failed: tasks of it did not complete. Its cause is what the first of them
 * threw, where that could be carried here.
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

    /** Returns the exception of a flow whose tasks have ended so. */
    static TasksNotCompletedException of(String flowName, Map<String, State<?>> taskStates) {
        Map<String, State<?>> others = new LinkedHashMap<>(taskStates);
        others.values().removeIf(State::isCompleted);
        String list = others.entrySet().stream()
                .limit(TASKS_SHOWN)
                .map(task -> task.getKey() + " " + task.getValue().describe())
                .collect(joining("; "));
        String more = others.size() > TASKS_SHOWN ? "; and " + (others.size() - TASKS_SHOWN) + " more" : "";
        TasksNotCompletedException exception = new TasksNotCompletedException(
                others.size() + " of " + taskStates.size() + " tasks of flow '" + flowName + "' did not complete: "
                        + list + more,
                others);
        others.values().stream()
                .flatMap(state -> state.failure().flatMap(Failure::throwable).stream())
                .findFirst()
                .ifPresent(exception::initCause);
        return exception;
    }

    /** Returns how the tasks that did not complete ended, by task-run name, in the order of submission. */
    public Map<String, State<?>> states() {
        return states;
    }
}
