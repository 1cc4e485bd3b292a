package io.github.ignitetasks.benchmarks;

import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Group;
import io.github.ignitetasks.benchmarks.measure.Line;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures rows, one at a time. A row that fails or does not end has no result, and the other rows are still measured.
 */
final class Measuring {
    private static final Logger LOG = LoggerFactory.getLogger(Measuring.class);

    /** The time limit of a row. */
    private final Duration limit;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Testbeds testbeds = new Testbeds();

    Measuring(Duration limit) {
        this.limit = limit;
    }

    /** Measures the rows of a group, and then checks their answers. */
    List<Line> lines(Group group) throws InterruptedException, TimeoutException {
        List<Answer> answers = new ArrayList<>();
        for (Row row : group.rows()) {
            long start = System.nanoTime();
            answers.add(answer(row, () -> row.measure(testbeds)));
            LOG.info("{} took {} s", row.name(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < group.rows().size(); i++) {
            Row row = group.rows().get(i);
            Answer measured = answers.get(i);
            Answer checked =
                    measured instanceof Answer.Measured ? answer(row, () -> row.check(testbeds, measured)) : measured;
            lines.add(new Line(row.name(), row.target(), checked));
        }
        if (group.last()) {
            closeTestbed();
        }
        return lines;
    }

    private Answer answer(Row row, Callable<Answer> work) throws InterruptedException, TimeoutException {
        try {
            return withinLimit(work);
        } catch (ExecutionException e) {
            LOG.error("{} could not be measured", row.name(), e.getCause());
            closeTestbed();
            return Answer.none(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            LOG.error("{} did not end within {}", row.name(), limit, e);
            closeTestbed();
            return Answer.none("it did not end within " + limit.toMinutes() + " minutes");
        }
    }

    /** Closes the testbed, because a row may have left it in disorder. */
    private void closeTestbed() throws InterruptedException, TimeoutException {
        try {
            withinLimit(() -> {
                testbeds.close();
                return true;
            });
        } catch (ExecutionException e) {
            LOG.error("what the row was measured on could not be closed", e.getCause());
        }
    }

    /** Runs work, and interrupts it when the time is over. */
    private <T> T withinLimit(Callable<T> work) throws InterruptedException, ExecutionException, TimeoutException {
        Future<T> result = thread.submit(work);
        try {
            return result.get(limit.toSeconds(), TimeUnit.SECONDS);
        } finally {
            result.cancel(true);
        }
    }

    /** Closes the testbed and the thread. */
    void close() throws InterruptedException, TimeoutException {
        closeTestbed();
        thread.shutdownNow();
    }
}
