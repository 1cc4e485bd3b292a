package io.github.ignitetasks.internal.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TaskCountsTest {
    private static final int THREADS = 4;
    private static final int TASKS = 20_000;

    private final TaskCounts counts = new TaskCounts();

    @Test
    void countsAreByNameAndByHowTasksEnded() {
        EndedTask fetch = EndedTask.of("a").named("fetch");
        counts.submitted(fetch);
        counts.submitted(fetch);
        counts.submitted(fetch);
        counts.started(fetch, "here", 1);
        counts.started(fetch, "here", 1);
        counts.started(fetch, "here", 2);
        counts.ended(fetch.in(3), StateType.FAILED, 1);
        counts.ended(fetch.in(9).cached(), StateType.COMPLETED, 1);
        counts.submitted(EndedTask.of("b"));
        counts.ended(EndedTask.of("b").in(0), StateType.CANCELLED, 0);

        assertThat(counts.byName())
                .containsOnlyKeys("fetch", TaskCounts.UNNAMED)
                .containsEntry(
                        "fetch",
                        new TaskCounts.Counts(3, 1, Map.of(StateType.FAILED, 1L, StateType.COMPLETED, 1L), 1, 2))
                .containsEntry(TaskCounts.UNNAMED, new TaskCounts.Counts(1, 0, Map.of(StateType.CANCELLED, 1L), 0, 0));
        assertThat(counts)
                .hasToString("{(unnamed)=1 submitted, 1 Cancelled, fetch=3 submitted, 1 Completed, 1 Failed,"
                        + " 1 running, 1 cached, 2 retries}");
    }

    @Test
    void namesAfterTheFirstCountUnderOne() {
        for (int i = 0; i < TaskCounts.MAX_NAMES + 50; i++) {
            counts.submitted(EndedTask.of("a").named("name-" + i));
        }
        counts.submitted(EndedTask.of("a").named("name-0"));

        assertThat(counts.byName()).hasSize(TaskCounts.MAX_NAMES + 1);
        assertThat(counts.byName())
                .containsEntry(TaskCounts.OTHERS, new TaskCounts.Counts(50, 0, Map.of(), 0, 0))
                .containsEntry("name-0", new TaskCounts.Counts(2, 0, Map.of(), 0, 0));
    }

    @Test
    void countsOfManyThreadsAreExact() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < TASKS; j++) {
                    EndedTask task = EndedTask.of("a").named("name-" + j % 300);
                    counts.submitted(task);
                    counts.ended(task, StateType.COMPLETED, 1);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(counts.byName().values())
                .allSatisfy(count ->
                        assertThat(count.ended()).containsExactly(Map.entry(StateType.COMPLETED, count.submitted())));
        assertThat(counts.byName().values().stream()
                        .mapToLong(TaskCounts.Counts::submitted)
                        .sum())
                .isEqualTo((long) THREADS * TASKS);
    }
}
