package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.support.Gate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Contract of what a running task tells of its progress. */
interface ProgressContract extends Contract {
    /** How often a task tells its progress in a row: far more often than reports travel. */
    int OFTEN = 10_000;

    /** Returns the context of the task on this thread. */
    static TaskContext context() {
        return TaskContext.current().orElseThrow();
    }

    /** Returns what a future says of the progress of its task. */
    static String described(TaskFuture<?> future) {
        return future.progress().map(TaskProgress::describe).orElse("nothing");
    }

    @Test
    default void futureHasTheLatestProgressOfItsTaskWhileTheTaskRuns() throws InterruptedException {
        Gate go = gate();
        Instant before = Instant.now().minus(PATIENCE);

        TaskFuture<Integer> future = running(session(), key("tells"), () -> {
            for (int done = 0; done <= OFTEN; done++) {
                context().progress(done, OFTEN);
            }
            context().progress("the last\npage");
            go.pass();
            return 7;
        });

        await().atMost(PATIENCE).until(() -> described(future).equals("10000 of 10000, the last\\u000Apage"));
        assertThat(future.progress().orElseThrow().time()).isAfter(before);
        assertThat(described(future.settled())).isEqualTo(described(future));
        go.open();
        assertThat(end(future).result()).isEqualTo(7);
        assertThat(future.progress()).isEmpty();
    }

    @Test
    default void taskThatTellsNothingHasNoProgress() throws InterruptedException {
        Gate go = gate();

        TaskFuture<Integer> future = running(session(), key("silent"), () -> {
            go.pass();
            return 7;
        });

        assertThat(future.progress()).isEmpty();
        go.open();
        assertThat(end(future).result()).isEqualTo(7);
    }

    @Test
    default void retryBeginsWithoutProgress() throws InterruptedException {
        Gate told = gate();
        Gate again = gate();
        Gate go = gate();
        String key = key("retried");
        CallOptions options = CallOptions.none().withRetries(1, Duration.ZERO);
        TaskCall<Integer> call = () -> {
            if (context().attempt() == 1) {
                context().progress(5, 10);
                told.pass();
                throw new IllegalStateException("once");
            }
            again.open();
            go.pass();
            return 7;
        };

        Background.run(() -> session().submit(key, call, options)); // a sequential runner ends the task there
        await().atMost(PATIENCE).until(() -> session().status(key) != KeyStatus.UNKNOWN);
        TaskFuture<Integer> future = session().submit(key, call, options);
        await().atMost(PATIENCE).until(() -> described(future).equals("5 of 10"));
        told.open();
        again.pass();

        await().atMost(PATIENCE).until(() -> future.progress().isEmpty());
        assertThat(future.isDone()).isFalse();
        go.open();
        assertThat(end(future).result()).isEqualTo(7);
    }

    @Test
    default void wrongNumbersAreRefusedByNameWhereTheyAreTold() {
        TaskFuture<String> future = session().submit(key("wrong"), () -> {
            try {
                context().progress(11, 10);
                return "accepted";
            } catch (IllegalArgumentException e) {
                return String.valueOf(e.getMessage());
            }
        });

        assertThat(end(future).result()).startsWith("done must not be above total, but is 11 of 10");
    }
}
