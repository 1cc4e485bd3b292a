package io.github.ignitetasks.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.ignitetasks.examples.MonteCarlo.Estimate;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Tests of the example {@code monte-carlo} on threads of this JVM. */
final class MonteCarloTest {

    @Test
    void estimateStopsAtTheStandardError() {
        Estimate estimate =
                MonteCarlo.PI.withTaskRunner(ThreadPoolTaskRunner.create()).run(1e-3);

        assertThat(estimate.points()).isEqualTo(3_000_000);
        assertThat(estimate.error()).isLessThan(1e-3);
        assertThat(estimate.pi()).isCloseTo(Math.PI, within(5e-3));
        assertThat(estimate)
                .hasToString("pi is " + String.format(Locale.ROOT, "%.5f", estimate.pi()) + " ± "
                        + String.format(Locale.ROOT, "%.5f", estimate.error()) + ", after 3,000,000 points");
    }

    @Test
    void impossibleErrorIsRefused() {
        for (String error : List.of("0", "-1", "NaN", "small")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MonteCarlo.run(List.of(error), ThreadPoolTaskRunner.create()))
                    .withMessageContaining("'" + error + "' is no standard error");
        }
    }
}
