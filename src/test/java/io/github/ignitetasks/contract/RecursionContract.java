package io.github.ignitetasks.contract;

import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.MappedFutures;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract of tasks that submit tasks by their context: recursion ends, however few slots there are. */
interface RecursionContract extends Contract {

    /** A call that counts its levels: each level is a task of the one above. */
    record Chain(int levels) implements TaskCall<Integer> {
        @Override
        public Integer call() {
            return levels == 0
                    ? 0
                    : TaskContext.current()
                                    .orElseThrow()
                                    .submit(new Chain(levels - 1))
                                    .result()
                            + 1;
        }
    }

    /** Returns the number of leaves of a binary tree of tasks. */
    static int leaves(int levels) {
        return levels == 0
                ? 1
                : TaskContext.current()
                        .orElseThrow()
                        .map(RecursionContract::leaves, List.of(levels - 1, levels - 1))
                        .results()
                        .stream()
                        .mapToInt(Integer::intValue)
                        .sum();
    }

    @Test
    default void chainOfTwelveTasksEndsOnTwoSlots() {
        try (TaskSession session = withSlots(2).start()) {
            assertThat(end(session.submit(key("chain"), new Chain(12))).result())
                    .isEqualTo(12);
        }
    }

    @Test
    default void treeOfTasksEndsOnTwoSlots() {
        try (TaskSession session = withSlots(2).start()) {
            TaskFuture<Integer> leaves = session.submit(key("tree"), () -> leaves(4));

            assertThat(end(leaves).result()).isEqualTo(16);
        }
    }

    @Test
    default void mappedTasksKnowTheirArguments() {
        TaskFuture<String> mapped = session().submit(key("mapped"), () -> {
            MappedFutures<Integer, Integer> squares =
                    TaskContext.current().orElseThrow().map(number -> number * number, List.of(2, 3, 4));
            return squares.results() + " of " + squares.argumentOf(squares.get(2));
        });

        assertThat(end(mapped).result()).isEqualTo("[4, 9, 16] of 4");
    }

    @Test
    default void taskSubmitsATaskUnderAKeyByItsContext() {
        String key = key("inner");

        TaskFuture<String> outer = session().submit(key("outer"), () -> {
            TaskContext context = TaskContext.current().orElseThrow();
            TaskFuture<Integer> first = context.submit(key, () -> 41);
            return first.key() + " "
                    + context.submit(key, () -> first.result() + 1).result();
        });

        assertThat(end(outer).result()).isEqualTo(key + " 41");
    }
}
