package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskTimeoutException;
import io.github.ignitetasks.support.Tally;
import java.rmi.RemoteException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Contract of failures: an exception of a call becomes the state of its task, and its dependents do not run. */
interface FailureContract extends Contract {

    /** An exception that calls throw on purpose. */
    final class OwnException extends Exception {
        private static final long serialVersionUID = 1L;

        OwnException(String message) {
            super(message);
        }
    }

    /** An exception that holds an object that cannot be written. */
    final class HoldingException extends Exception {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("UnusedVariable") // serialization writes the field
        private final Object held;

        HoldingException(String message, Object held) {
            super(message);
            this.held = held;
        }
    }

    @Test
    default void callThatThrowsIsFailedWithItsOwnTypeMessageAndStack() {
        State<Integer> state = end(failing("no such page"));

        assertThat(state.type()).isEqualTo(StateType.FAILED);
        assertThat(state.name()).isEqualTo("Failed");
        assertThat(state.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.type()).isEqualTo(OwnException.class.getName());
            assertThat(failure.message()).isEqualTo("no such page");
            assertThat(failure.stackTrace()).contains(FailureContract.class.getSimpleName());
        });
    }

    @Test
    default void resultOfAFailedCallThrowsWithItsOwnExceptionAsCause() {
        TaskFuture<Integer> future = failing("no such page");

        assertThatExceptionOfType(NotCompletedException.class)
                .isThrownBy(() -> future.result(PATIENCE))
                .withMessageContaining(future.key())
                .withMessageContaining("no such page")
                .satisfies(e -> assertThat(e.state()).isEqualTo(end(future)))
                .havingCause()
                .isInstanceOf(OwnException.class)
                .withMessage("no such page");
    }

    @Test
    default void causesOfAnExceptionArriveWithIt() {
        TaskFuture<Integer> future = session().submit(key("causes"), () -> {
            throw new IllegalStateException("not sent", new RemoteException("no route", new OwnException("down")));
        });

        assertThatExceptionOfType(NotCompletedException.class)
                .isThrownBy(() -> future.result(PATIENCE))
                .satisfies(e -> assertThat(e.getCause())
                        .isInstanceOf(IllegalStateException.class)
                        .hasCauseInstanceOf(RemoteException.class)
                        .hasRootCauseInstanceOf(OwnException.class)
                        .hasRootCauseMessage("down"));
    }

    @Test
    default void causeThatIsNotSerializableIsToldByItsText() {
        TaskFuture<Integer> future = session().submit(key("unserializable-cause"), () -> {
            throw new IllegalStateException("outer", new HoldingException("held", new Object()));
        });

        assertThatExceptionOfType(NotCompletedException.class)
                .isThrownBy(() -> future.result(PATIENCE))
                .satisfies(e -> assertThat(e.state().type()).isEqualTo(StateType.FAILED))
                .satisfies(e -> assertThat(e.getCause())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("outer"))
                .havingRootCause()
                .withMessageContaining("held");
    }

    @Test
    default void resultOfAFailedStateThrowsWithItsOwnExceptionAsCause() {
        State<Integer> state = end(failing("no such page"));

        assertThatExceptionOfType(NotCompletedException.class)
                .isThrownBy(state::result)
                .havingCause()
                .isInstanceOf(OwnException.class);
    }

    @Test
    default void callThatThrowsAnErrorIsFailed() {
        State<Integer> state = end(session().submit(key("error"), () -> {
            throw new AssertionError("never happens");
        }));

        assertThat(state.type()).isEqualTo(StateType.FAILED);
        assertThat(state.failure().map(Failure::type)).contains(AssertionError.class.getName());
    }

    @Test
    default void callThatThrowsAJavaTimeoutExceptionIsNotMistakenForAWaitThatTimedOut() {
        TaskFuture<Integer> future = session().submit(key("timeout"), () -> {
            throw new TimeoutException("the page is slow");
        });

        assertThat(end(future).name()).isEqualTo("Failed");
        assertThatExceptionOfType(NotCompletedException.class)
                .isThrownBy(() -> future.result(PATIENCE))
                .havingCause()
                .isInstanceOf(TimeoutException.class)
                .withMessage("the page is slow");
    }

    @Test
    default void callThatThrowsATaskTimeoutExceptionIsNotMistakenForAWaitThatTimedOut() {
        TaskFuture<Integer> future = session().submit(key("timeout"), () -> {
            throw new TaskTimeoutException("the page is slow");
        });

        assertThat(end(future).name()).isEqualTo("Failed");
        assertThatExceptionOfType(NotCompletedException.class)
                .isThrownBy(() -> future.result(PATIENCE))
                .havingCause()
                .isInstanceOf(TaskTimeoutException.class)
                .withMessage("the page is slow");
    }

    @Test
    default void exceptionWhoseMessageCannotBeReadStillMakesTheCallEnd() {
        State<Integer> state = end(session().submit(key("unreadable"), () -> {
            throw new Spoilt.MessageThrows();
        }));

        assertThat(state.type()).isEqualTo(StateType.FAILED);
        assertThat(state.failure().map(Failure::type)).contains(Spoilt.MessageThrows.class.getName());
    }

    @Test
    default void dependentOfAFailedCallIsNotReadyAndSaysWhichAndHowItEnded() {
        TaskFuture<Integer> upstream = failing("no such page");
        Tally runs = tally();

        State<Integer> state = end(session().submit(key("dependent"), () -> {
            runs.add();
            return upstream.result();
        }));

        assertThat(state.type()).isEqualTo(StateType.NOT_READY);
        assertThat(state)
                .isInstanceOfSatisfying(
                        State.NotReady.class,
                        notReady -> assertThat(notReady.upstream()).isEqualTo(upstream.key()));
        assertThat(state.describe()).contains(upstream.key(), "Failed", OwnException.class.getName(), "no such page");
        assertThat(state.attempt()).isZero();
        assertThat(runs.count()).isZero();
    }

    @Test
    default void chainOfNotReadyTasksNamesTheFirstCause() {
        TaskFuture<Integer> first = failing("no such page");
        TaskFuture<Integer> second = session().submit(key("second"), () -> first.result() + 1);
        TaskFuture<Integer> third = session().submit(key("third"), () -> second.result() + 1);

        State<Integer> state = end(third);

        assertThat(state)
                .isInstanceOfSatisfying(
                        State.NotReady.class,
                        notReady -> assertThat(notReady.upstream()).isEqualTo(second.key()));
        assertThat(state.describe()).contains(first.key(), "Failed", "no such page");
    }

    @Test
    default void failureOfOneCallLeavesTheOthersAlone() {
        TaskFuture<Integer> failed = failing("no such page");
        TaskFuture<Integer> other = session().submit(key("other"), () -> 1);
        TaskFuture<Integer> dependentOfOther = session().submit(key("dependent"), () -> other.result() + 1);

        assertThat(end(failed).isCompleted()).isFalse();
        assertThat(dependentOfOther.result(PATIENCE)).isEqualTo(2);
    }

    private TaskFuture<Integer> failing(String message) {
        return session().submit(key("failing"), () -> {
            throw new OwnException(message);
        });
    }
}
