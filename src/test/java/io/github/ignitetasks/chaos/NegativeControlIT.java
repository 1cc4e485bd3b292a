package io.github.ignitetasks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The negative control of {@link ChaosIT}. The check of a history must find the broken promises of a grid that records
 * nothing. The same run on a grid that records shows that there is no other reason.
 */
final class NegativeControlIT {
    private static final Workload WORKLOAD = new Workload(1);

    /** The keys without upstreams. A grid that records nothing has no results for the other keys. */
    private static final List<String> KEYS = WORKLOAD.group(0).stream()
            .filter(job -> job.upstreams().isEmpty())
            .map(Workload.Job::key)
            .toList();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void gridThatRecordsNothingIsFoundWrong() {
        Verdict verdict = verdictOfSubmittingTwice(List.of("-D" + WorkerMain.FORGET + "=true"));

        assertThat(verdict.divergent()).as("divergent").hasSameElementsAs(KEYS);
        assertThat(verdict.reranFinal()).as("reran final").hasSameElementsAs(KEYS);
        assertThat(verdict.wrong())
                .filteredOn(wrong -> wrong.contains("although it had run"))
                .hasSize(KEYS.size());
    }

    @Test
    void gridThatRecordsIsNotFoundWrong() {
        Verdict verdict = verdictOfSubmittingTwice(List.of());

        assertThat(verdict.completed()).isEqualTo(KEYS.size()).isPositive();
        assertThat(verdict.divergent()).as("divergent").isEmpty();
        assertThat(verdict.reranFinal()).as("reran final").isEmpty();
        assertThat(verdict.wrong()).singleElement().asString().startsWith("no tasks were in flight at "); // no faults
    }

    /** Submits all keys in one session and awaits their ends, and then does the same in another session. */
    private Verdict verdictOfSubmittingTwice(List<String> workerOptions) {
        History history = History.in(folder);
        try (Workers workers = new Workers(folder, 1, workerOptions)) {
            workers.add(1);
            submitAndSee(workers, history);
            submitAndSee(workers, history);
        }
        return new HistoryCheck(WORKLOAD, history.lines(), List.of()).verdict(List.of(), List.of());
    }

    private static void submitAndSee(Workers workers, History history) {
        try (TaskSession session = IgniteTaskRunner.builder()
                .address(workers.addresses())
                .clientConfiguration(SubmitterMain::configure)
                .build()
                .start()) {
            Map<String, TaskFuture<String>> futures = KEYS.stream()
                    .collect(Collectors.toMap(
                            Function.identity(), key -> session.submit(key, () -> history.run(key, List.of()))));
            futures.forEach((key, future) ->
                    history.seen(key, future.await(Deadlines.PATIENCE).orElseThrow()));
        }
    }
}
