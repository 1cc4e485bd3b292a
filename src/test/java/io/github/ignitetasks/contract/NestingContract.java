package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract of code inside tasks: it may submit tasks, wait for them, and read its own context. */
interface NestingContract extends Contract {

    /** Submits calls from inside a task, and waits for them there. */
    interface Submitter extends Serializable {
        int result(String key, TaskCall<Integer> call);
    }

    @Test
    default void taskSubmitsATaskThroughARunnerThatItCaptured() {
        TaskRunner runner = runner();
        String inner = key("inner");

        TaskFuture<Integer> outer = session().submit(key("outer"), () -> {
            try (TaskSession session = runner.start()) {
                return session.submit(inner, () -> 41).result() + 1;
            }
        });

        assertThat(end(outer).result()).isEqualTo(42);
    }

    @Test
    default void taskSubmitsATaskThatNeedsAnotherOfItsOwn() {
        TaskRunner runner = runner();
        String first = key("first");
        String second = key("second");

        TaskFuture<Integer> outer = session().submit(key("outer"), () -> {
            try (TaskSession session = runner.start()) {
                TaskFuture<Integer> upstream = session.submit(first, () -> 40);
                return session.submit(second, () -> upstream.result() + 1).result() + 1;
            }
        });

        assertThat(end(outer).result()).isEqualTo(42);
    }

    @Test
    default void taskWithAnUpstreamSubmitsATaskThatNeedsAnotherOfItsOwn() {
        TaskRunner runner = runner();
        String first = key("first");
        String second = key("second");
        TaskFuture<Integer> upstream = session().submit(key("upstream"), () -> 1);

        TaskFuture<Integer> outer = session().submit(key("outer"), () -> {
            try (TaskSession session = runner.start()) {
                TaskFuture<Integer> own = session.submit(first, () -> 40);
                return session.submit(second, () -> own.result() + 1).result() + upstream.result();
            }
        });

        assertThat(end(outer).result()).isEqualTo(42);
    }

    @Test
    default void tasksThatWaitForTheirOwnTasksDoNotUseUpTheSlots() {
        TaskRunner runner = withSlots(2);
        int tasks = 64;
        try (TaskSession session = runner.start()) {
            Submitter submitter = submitter(runner, session);
            List<TaskFuture<Integer>> outers = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                int number = i;
                String inner = key("inner");
                outers.add(session.submit(key("outer"), () -> submitter.result(inner, () -> number) + 1));
            }

            for (int i = 0; i < tasks; i++) {
                assertThat(end(outers.get(i)).result()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    default void tasksThatWaitForManyTasksOfTheirOwnDoNotUseUpTheSlots() {
        TaskRunner runner = withSlots(1);
        List<String> keys = List.of(key("a"), key("b"), key("c"));
        try (TaskSession session = runner.start()) {
            Submitter submitter = submitter(runner, session);
            String outer = key("outer");

            TaskFuture<Integer> depth = session.submit(
                    outer,
                    () -> submitter.result(
                                    keys.get(0),
                                    () -> submitter.result(
                                                    keys.get(1), () -> submitter.result(keys.get(2), () -> 1) + 1)
                                            + 1)
                            + 1);

            assertThat(end(depth).result()).isEqualTo(4);
        }
    }

    @Test
    default void taskKnowsItsKeyAndAttempt() {
        String key = key("self");

        TaskFuture<String> self = session().submit(key, () -> {
            TaskContext call = TaskContext.current().orElseThrow();
            return call.key() + " " + call.attempt() + " " + call.isCancelled() + " " + call.node();
        });

        assertThat(end(self).result()).isEqualTo(key + " 1 false " + end(self).node());
    }

    /** A call that computes a Fibonacci number from the results of two smaller calls. */
    record Fibonacci(String prefix, int n) implements TaskCall<Integer> {
        @Override
        public Integer call() {
            return n < 2 ? n : child(n - 1).result() + child(n - 2).result();
        }

        private TaskFuture<Integer> child(int number) {
            TaskSession session = TaskContext.current().orElseThrow().session();
            return session.submit(prefix + number, new Fibonacci(prefix, number));
        }
    }

    @Test
    default void tasksSubmitTasksByTheSessionOfTheirContext() {
        try (TaskSession session = withSlots(2).start()) {
            String prefix = key("fibonacci-");

            TaskFuture<Integer> eighth = session.submit(prefix + 8, new Fibonacci(prefix, 8));

            assertThat(end(eighth).result()).isEqualTo(21);
        }
    }

    @Test
    default void noCallRunsOutsideOfTasks() {
        session().submit(key("one"), () -> 1).result(PATIENCE);

        assertThat(TaskContext.current()).isEmpty();
    }

    @Test
    default void taskThatLendsItsSlotLetsAnotherRun() throws InterruptedException {
        Gate gate = gate();
        try (TaskSession session = withSlots(1).start()) {
            TaskFuture<String> lending = running(session, key("lending"), () -> {
                TaskContext.lendSlotWhile(() -> {
                    gate.pass();
                    return gate;
                });
                return "lent";
            });

            assertThat(end(session.submit(key("other"), () -> "ran")).result()).isEqualTo("ran");
            assertThat(lending.state()).isEmpty();
            gate.open();
            assertThat(end(lending).result()).isEqualTo("lent");
        }
    }
}
