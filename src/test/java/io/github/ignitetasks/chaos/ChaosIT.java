package io.github.ignitetasks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the promises are worth when workers and submitters die, hang, join and leave while tasks run. System property
 * {@code chaos.seconds} says for how long, {@code chaos.seed} what happens; the same seed gives the same tasks and the
 * same faults, but not at the very same moments.
 */
final class ChaosIT {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosIT.class);

    private static final long SEED = 5;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES) // a run takes as long as it is told, and on a busy machine longer
    void promisesHoldWhateverDies() throws IOException, InterruptedException {
        long seed = seed();
        LOG.info("chaos with seed {}, history in {}", seed, folder);
        Verdict verdict;
        try (ChaosRun run = new ChaosRun(folder, seed)) {
            verdict = run.run(Duration.ofSeconds(Integer.getInteger("chaos.seconds", 15)));
        }
        System.out.println(verdict.line(seed));

        assertThat(verdict.wrong()).isEmpty();
        assertThat(verdict.lost()).as("lost").isEmpty();
        assertThat(verdict.divergent()).as("divergent").isEmpty();
        assertThat(verdict.reranFinal()).as("reran final").isEmpty();
        assertThat(verdict.submitted()).isGreaterThanOrEqualTo(20_000);
    }

    /** Returns that of the property, or draws one if it says so. */
    private static long seed() {
        String given = System.getProperty("chaos.seed", Long.toString(SEED));
        return given.equals("random") ? new Random().nextInt(1_000_000) : Long.parseLong(given);
    }
}
