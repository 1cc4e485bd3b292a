package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.observe.ProgressLine;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The listeners of a flow. In another JVM there are none of them. Immutable, safe to share if the listeners are. */
final class FlowListeners implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final FlowListeners NONE = new FlowListeners(List.of());

    private final transient List<TaskListener> all;

    private FlowListeners(List<TaskListener> all) {
        this.all = all;
    }

    static FlowListeners none() {
        return NONE;
    }

    FlowListeners with(TaskListener listener) {
        List<TaskListener> more = new ArrayList<>(all);
        more.add(requireNonNull(listener, "listener"));
        return new FlowListeners(List.copyOf(more));
    }

    /** Returns a runner that tells these listeners too. */
    TaskRunner on(TaskRunner runner) {
        TaskRunner told = runner;
        for (TaskListener listener : all) {
            told = told.withListener(listener);
        }
        return told;
    }

    /** Returns a runner that shows the standard progress line too, unless a task runs the flow. */
    static TaskRunner withProgress(TaskRunner runner) {
        if (RunningCall.current().isPresent()) {
            return runner;
        }
        try {
            return runner.withListener(ProgressLine.standard());
        } catch (UnsupportedOperationException e) {
            return runner; // it tells no listeners
        }
    }

    @Serial
    private Object readResolve() {
        return NONE;
    }
}
