package io.github.ignitetasks.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.flow.FlowReport;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of the example {@code nightly} on threads of this JVM. */
final class NightlyTest {
    private static final LocalDate SATURDAY = LocalDate.of(2026, 11, 28);

    @Test
    void jobOfAWeekdayIsComplete() {
        FlowReport<String> report = report(SATURDAY);

        assertThat(report.result()).startsWith("2026-11-28: ").endsWith(" in 4 of 4 branches; complete");
        assertThat(report.taskStates())
                .containsOnlyKeys(
                        "extract north-0",
                        "extract east-0",
                        "extract south-0",
                        "extract west-0",
                        "load north east south west-0",
                        "mail north east south west-0");
    }

    @Test
    void jobOfASundaySaysWhichBranchFailedAndGoesOn() {
        assertThat(report(SATURDAY.plusDays(1)).result())
                .contains("in 3 of 4 branches; ")
                .contains("the south branch is closed");
    }

    @Test
    void textThatIsNoDateIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nightly.run(List.of("yesterday"), ThreadPoolTaskRunner.create()))
                .withMessageContaining("'yesterday' is no date");
    }

    private static FlowReport<String> report(LocalDate day) {
        return Nightly.NIGHTLY
                .withTaskRunner(ThreadPoolTaskRunner.create())
                .withRunId(day.toString())
                .runReport(day);
    }
}
