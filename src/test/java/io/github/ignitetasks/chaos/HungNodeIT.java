package io.github.ignitetasks.chaos;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.Gate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Tests a worker that hangs until the grid gives it up, and then goes on. */
final class HungNodeIT {
    private static final int KEYS = WorkerMain.SLOTS;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void tasksOfAHungNodeRunElsewhereAndWhatTheyReturnWhenItWakesChangesNothing() {
        History history = History.in(folder);
        Gate go = Gate.in(folder);
        try (Workers workers = new Workers(folder, 4, List.of())) {
            workers.add(4);
            workers.retire(workers.get(3)); // three remain: of two workers, neither could tell which one hangs
            try (TaskSession session = session(workers)) {
                List<TaskFuture<String>> futures = submit(session, history, go);
                awaitRuns(history, KEYS);
                Worker hung = busiest(workers, history);
                Map<String, String> there = tokens(history, hung);

                hung.hang();
                awaitRuns(history, KEYS + there.size());
                go.open();
                List<String> results = TaskFuture.all(futures).result(Deadlines.PATIENCE);
                assertThat(results).doesNotContainAnyElementsOf(there.values());
                hung.wake();
                hung.awaitExit();

                try (TaskSession later = session(workers)) {
                    assertThat(TaskFuture.all(submit(later, history, go)).result(Deadlines.PATIENCE))
                            .isEqualTo(results);
                }
                assertThat(history.lines()).hasSize(KEYS + there.size());
            }
        }
    }

    private static TaskSession session(Workers workers) {
        return IgniteTaskRunner.builder()
                .address(workers.addresses())
                .clientConfiguration(SubmitterMain::configure)
                .build()
                .start();
    }

    private static List<TaskFuture<String>> submit(TaskSession session, History history, Gate go) {
        return IntStream.range(0, KEYS)
                .mapToObj(number -> session.submit("key-" + number, () -> {
                    String token = history.run("key-" + number, List.of());
                    go.pass();
                    return token;
                }))
                .toList();
    }

    private static void awaitRuns(History history, int number) {
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(() -> history.lines().size() == number);
    }

    private static Worker busiest(Workers workers, History history) {
        return IntStream.range(0, workers.size())
                .mapToObj(workers::get)
                .max(comparingInt(worker -> tokens(history, worker).size()))
                .orElseThrow();
    }

    /** Returns the tokens of the executions in a worker, by key. */
    private static Map<String, String> tokens(History history, Worker worker) {
        return history.lines().stream()
                .map(History.Run.class::cast)
                .filter(run -> run.pid() == worker.pid())
                .collect(toMap(History.Run::key, History.Run::token));
    }
}
