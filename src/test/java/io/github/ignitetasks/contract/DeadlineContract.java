package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.support.Gate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Contract of deadlines: of the time from the submission of a call to its end. */
interface DeadlineContract extends Contract {
    /** A deadline that leaves time for some attempts, also on a slow machine. */
    Duration SOON = Duration.ofMillis(500);

    @Test
    default void callThatRunsAtItsDeadlineIsInterruptedAndTimedOut() {
        Gate never = gate();

        State<Integer> state = end(session()
                .submit(
                        key("slow"),
                        () -> {
                            never.pass();
                            return 1;
                        },
                        CallOptions.none().withDeadline(GLIMPSE)));

        assertThat(state.type()).isEqualTo(StateType.FAILED);
        assertThat(state.name()).isEqualTo("TimedOut");
        assertThat(state.describe()).contains("at its deadline, " + GLIMPSE + " after its submission");
    }

    @Test
    default void callIsNotRetriedAfterItsDeadline() {
        State<Integer> state = end(session()
                .submit(
                        key("failing"),
                        () -> {
                            throw new IllegalStateException("thrown on purpose");
                        },
                        CallOptions.none().withDeadline(SOON).withRetries(1_000_000, Duration.ofMillis(5))));

        assertThat(state.name()).as(state.describe()).isEqualTo("TimedOut");
        assertThat(state.failedAttempts()).isNotEmpty();
    }

    @Test
    default void callThatStillWaitsForAnUpstreamAtItsDeadlineIsTimedOutAndNeverRuns() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Integer> upstream = session().submit(key("upstream"), () -> {
            gate.pass();
            return 1;
        });
        TaskFuture<Integer> dependent = session()
                .submit(
                        key("dependent"),
                        () -> upstream.result() + 1,
                        CallOptions.none().withDeadline(isSequential() ? PATIENCE : GLIMPSE));

        State<Integer> state = end(dependent);

        if (isSequential()) { // the upstream ended before the dependent was submitted
            assertThat(state.isCompleted()).as(state.describe()).isTrue();
            return;
        }
        assertThat(state.name()).as(state.describe()).isEqualTo("TimedOut");
        assertThat(state.describe()).contains("had not started at its deadline");
        assertThat(state.attempt()).isZero();
        assertThat(upstream.isDone()).isFalse();
        gate.open();
        assertThat(upstream.result(PATIENCE)).isEqualTo(1);
    }

    @Test
    default void callThatEndsBeforeItsDeadlineCompletes() {
        CallOptions options = CallOptions.none().withDeadline(PATIENCE).withTimeout(PATIENCE);

        assertThat(end(session().submit(key("fast"), () -> 1, options)).result())
                .isEqualTo(1);
        assertThat(end(session().submit(key("faster"), () -> 2, options.withDeadline(CallOptions.FOREVER)))
                        .result())
                .isEqualTo(2);
    }
}
