package io.github.ignitetasks.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskProgress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests which of the reports of an attempt go on, and when. */
final class ProgressReportsTest {
    private final Timer timer = new Timer("progress-test");
    private final List<TaskProgress> passed = new CopyOnWriteArrayList<>();
    private volatile boolean over;
    private final ProgressReports reports = new ProgressReports(timer, () -> over, passed::add);

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void firstReportGoesOnAtOnceAndOfManyOnlyTheLatestFollows() {
        long start = System.nanoTime();
        int number = 1_000_000;
        for (int done = 0; done <= number; done++) {
            reports.tell(done, number);
        }
        await().atMost(Deadlines.PATIENCE)
                .until(() -> passed.get(passed.size() - 1).done() == number);

        long seconds = (System.nanoTime() - start) / Timings.PROGRESS_PACE.toNanos();
        assertThat(passed.get(0).done()).isZero();
        assertThat(passed).hasSizeBetween(2, (int) seconds + 2);
    }

    @Test
    void sameReportAgainGoesOnAsASignOfLife() {
        reports.tell(3, 10);
        reports.tell(3, 10);

        await().atMost(Deadlines.PATIENCE).until(() -> passed.size() == 2);
        assertThat(passed.get(1).describe()).isEqualTo("3 of 10");
        assertThat(passed.get(1).time()).isAfterOrEqualTo(passed.get(0).time());
    }

    @Test
    void numbersAndTextDoNotReplaceEachOther() {
        reports.tell("reading");
        reports.tell(3, 10);
        reports.tell(4, 10);

        await().atMost(Deadlines.PATIENCE).until(() -> passed.size() == 2);
        assertThat(passed).extracting(TaskProgress::describe).containsExactly("reading", "4 of 10, reading");
    }

    @Test
    void reportThatComesAfterTheEndDoesNotGoOn() {
        over = true;

        reports.tell(1, 10);

        assertThat(passed).isEmpty();
    }
}
