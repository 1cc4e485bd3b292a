package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class EndsByNameTest {
    private static final ExecutionInfo INFO = ExecutionInfo.neverRan("here");
    private static final State<?> COMPLETED = new State.Completed<>(1, INFO);
    private static final State<?> FAILED =
            new State.Failed<>(State.Failed.Reason.EXCEPTION, Failure.of(new IOException("no")), INFO);
    private static final State<?> TIMED_OUT =
            new State.Failed<>(State.Failed.Reason.TIMED_OUT, Failure.of(new IOException("no")), INFO);

    private final EndsByName ends = new EndsByName();

    @Test
    void nothingIsNoTasks() {
        assertThat(ends).hasToString("no tasks");
    }

    @Test
    void namesComeInTheirOrderAndStatesInThatOfTheirTypes() {
        ends.addReleased("parse");
        ends.add("parse", TIMED_OUT);
        ends.add("parse", FAILED);
        ends.add("parse", COMPLETED);
        ends.add("fetch", COMPLETED);
        ends.add("fetch", COMPLETED);

        assertThat(ends).hasToString("parse 1 Completed 1 Failed 1 TimedOut 1 released, fetch 2 Completed");
    }

    @Test
    void sumsCountAllOfBoth() {
        EndsByName others = new EndsByName();
        others.add("fetch", COMPLETED);
        others.add("sum", COMPLETED);
        ends.add("fetch", COMPLETED);

        ends.addAll(others);

        assertThat(ends).hasToString("fetch 2 Completed, sum 1 Completed");
    }

    @Test
    void namesAfterTheEighthAreOnlyCounted() {
        for (int i = 1; i <= 9; i++) {
            ends.add("t" + i, COMPLETED);
        }
        assertThat(ends.toString()).endsWith(", t8 1 Completed, and 1 more name");

        ends.add("t10", COMPLETED);
        assertThat(ends.toString()).endsWith(", t8 1 Completed, and 2 more names");
    }

    @Test
    void longNameIsCut() {
        ends.add("n".repeat(900), COMPLETED);

        assertThat(ends).hasToString("n".repeat(60) + "\u2026 1 Completed");
    }
}
