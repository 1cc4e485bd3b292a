package io.github.ignitetasks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The negative control of {@link ChaosIT}: the check of a history finds the broken promises of a grid that records
 * nothing. The same run on a grid that records shows that nothing else is the reason.
 */
final class NegativeControlIT {
    private static final long SEED = 1;

    /** Submitter 0 leaves out the first of these. */
    private static final int GROUPS = 3;

    private static final int KEYS = (GROUPS - 1) * Workload.GROUP_SIZE;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void gridThatRecordsNothingIsFoundWrong() {
        Verdict verdict = verdictOfSubmittingTwice(List.of("-D" + WorkerMain.FORGET + "=true"));

        assertThat(verdict.submitted()).isEqualTo(KEYS);
        assertThat(verdict.divergent()).as("divergent").hasSize(KEYS);
        assertThat(verdict.reranFinal()).as("reran final").hasSize(KEYS);
        assertThat(verdict.wrong())
                .filteredOn(wrong -> wrong.contains("although it had run"))
                .hasSizeGreaterThanOrEqualTo(KEYS);
    }

    @Test
    void gridThatRecordsIsNotFoundWrong() {
        Verdict verdict = verdictOfSubmittingTwice(List.of());

        assertThat(verdict.submitted()).isEqualTo(KEYS);
        assertThat(verdict.completed()).isEqualTo(KEYS);
        assertThat(verdict.lost()).as("lost").isEmpty();
        assertThat(verdict.divergent()).as("divergent").isEmpty();
        assertThat(verdict.reranFinal()).as("reran final").isEmpty();
        assertThat(verdict.wrong()).singleElement().asString().startsWith("no tasks were in flight at "); // no faults
    }

    /** Lets one submitter end before the next submits the same keys. */
    private Verdict verdictOfSubmittingTwice(List<String> workerOptions) {
        try (Workers workers = new Workers(folder, 2, workerOptions)) {
            workers.add(2);
            submitAndEnd(workers);
            long second = submitAndEnd(workers);
            return new HistoryCheck(new Workload(SEED), History.in(folder).lines(), List.of())
                    .verdict(List.of(GROUPS), List.of(second));
        }
    }

    /** Returns the process that submitted. */
    private long submitAndEnd(Workers workers) {
        try (Submitter submitter = Submitter.start(folder, SEED, 0, workers.addresses(), System.nanoTime(), 1)) {
            submitter.endAfter(GROUPS); // it reads this before it has joined the grid
            submitter.awaitStarted();
            assertThat(submitter.awaitEnd()).isEqualTo(GROUPS);
            return submitter.pid();
        }
    }
}
