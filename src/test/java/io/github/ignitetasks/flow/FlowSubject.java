package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
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

    static void openLater(Gate gate) {
        delayedExecutor(SHORT.toMillis(), MILLISECONDS).execute(gate::open);
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
