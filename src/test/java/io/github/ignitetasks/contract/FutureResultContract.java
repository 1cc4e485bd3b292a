package io.github.ignitetasks.contract;

import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contract of results: a future cannot be part of a result, on any runner. */
interface FutureResultContract extends Contract {

    /** A record that holds a future. */
    record Holder(String name, TaskFuture<Integer> future) implements Serializable {}

    @Test
    default void taskThatReturnsAFutureIsCrashedAndSaysWhatToDo() {
        TaskFuture<Integer> one = session().submit(key("one"), () -> 1);
        TaskFuture<TaskFuture<Integer>> alone = session().submit(key("alone"), () -> one);
        TaskFuture<List<TaskFuture<Integer>>> list = session().submit(key("list"), () -> List.of(one, one));
        TaskFuture<Map<String, Holder>> deep =
                session().submit(key("deep"), () -> Map.of("holder", new Holder("name", one)));

        for (TaskFuture<?> future : List.of(alone, list, deep)) {
            State<?> state = end(future);
            assertThat(state.type()).isEqualTo(StateType.CRASHED);
            assertThat(state.describe())
                    .contains("it holds the future of task '" + one.key() + "'")
                    .contains("use the future's result() in place of it");
        }
    }

    @Test
    default void dependentOfATaskThatReturnsAFutureIsNotReady() {
        TaskFuture<Integer> one = session().submit(key("one"), () -> 1);
        TaskFuture<TaskFuture<Integer>> alone = session().submit(key("alone"), () -> one);
        TaskFuture<Integer> next =
                session().submit(key("next"), () -> alone.result().result());

        assertThat(end(next).type()).isEqualTo(StateType.NOT_READY);
    }

    @Test
    default void futureGivenAsAResultIsRefusedAndTheKeyStaysFree() {
        TaskFuture<Integer> one = session().submit(key("one"), () -> 1);
        String key = key("given");

        for (Object given : List.of(one, List.of("text", one), new Holder("name", one))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session().complete(key, given))
                    .withMessageStartingWith("the result for key '" + key
                            + "' is refused: it holds the future of task '" + one.key() + "'");
        }
        assertThat(session().complete(key, 7).result()).isEqualTo(7);
    }

    @Test
    default void resultWithoutFuturesPasses() {
        TaskFuture<Integer> one = session().submit(key("one"), () -> 1);

        assertThat(session()
                        .submit(key("plain"), () -> List.of(one.result(), 2))
                        .result())
                .containsExactly(1, 2);
    }
}
