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
 * Tests the library's promises while workers and submitters die, hang, join and leave. System property
 * {@code chaos.seconds} sets the duration, and {@code chaos.seed} the seed. The same seed gives the same tasks and the
 * same faults, but not at exactly the same moments.
 */
final class ChaosIT {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosIT.class);

    private static final long SEED = 5;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES) // a run takes at least chaos.seconds, and longer on a busy machine
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

    /** Returns the seed of the property. The value {@code random} draws a new seed. */
    private static long seed() {
        String given = System.getProperty("chaos.seed", Long.toString(SEED));
        return given.equals("random") ? new Random().nextInt(1_000_000) : Long.parseLong(given);
    }
}
