package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The fixtures of the flow tests. Tasks may run in another process. So they report to their test by their result, a
 * gate or a tally.
 */
interface FlowSubject {
    Duration SHORT = Duration.ofMillis(200);

    Task<Integer, Integer> INCREMENT = Task.named("increment").body(number -> number + 1);
    Task<String, Integer> REFUSE = Task.named("refuse").body(message -> {
        throw new IOException(message);
    });
    Task<Gate, Integer> PASS = Task.named("pass").body(gate -> {
        gate.pass();
        return 1;
    });

    /** Returns the runner under test. It has at least two slots if it is not sequential. */
    TaskRunner runner();

    /** Returns a closed gate. */
    Gate gate();

    /** Returns a gate for a task that runs beside the flow's body. It is open if no task can run there. */
    default Gate gateOfATaskThatRunsOn() {
        return gate();
    }

    /** Returns an empty tally. */
    Tally tally();

    /** Returns a flow on the runner under test. */
    default <R extends @Nullable Object> FlowWithoutArgument<R> flow(FlowWithoutArgument.Body<R> body) {
        return Flow.named("test").body(body).withTaskRunner(runner());
    }

    /**
     * Opens a gate, unless it is open, once this thread waits. At the end of a body, that is when the flow waits for
     * its tasks.
     */
    static void openOnceThisThreadWaits(Gate gate) {
        if (gate.isOpen()) {
            return;
        }
        Thread flow = Thread.currentThread();
        Thread opener = new Thread(() -> {
            Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> isWaiting(flow));
            gate.open();
        });
        opener.setDaemon(true);
        opener.start();
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    static Failure failure(Map<String, State<?>> states, String name) {
        return failure(state(states, name));
    }

    static State<?> state(Map<String, State<?>> states, String name) {
        return requireNonNull(states.get(name), name);
    }

    static Failure failure(State<?> state) {
        return state.failure().orElseThrow();
    }

    static Throwable thrown(State<?> state) {
        return failure(state).throwable().orElseThrow();
    }
}
