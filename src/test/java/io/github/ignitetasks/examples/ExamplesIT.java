package io.github.ignitetasks.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.flow.FlowReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamplesIT {
    @Test
    void unknownNameIsAUsageErrorThatListsTheExamples() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Examples.find("nothing"))
                .withMessage("no example 'nothing'; there are count-to, jar-census, log-etl, monte-carlo, nightly,"
                        + " word-index");
        assertThat(Examples.run(List.of("nothing"))).isEqualTo(2);
    }

    @Test
    void noNameIsAUsageError() {
        assertThat(Examples.run(List.of())).isEqualTo(2);
    }

    @Test
    void countToEndsWell() {
        assertThat(Examples.run(List.of("count-to", "3"))).isZero();
    }

    @Test
    void countToStartsATaskForEachNumber() {
        FlowReport<?> report = CountTo.COUNT_TO.runReport(3);

        assertThat(report.taskStates()).containsOnlyKeys("shout-0", "shout-1", "shout-2");
        assertThat(report.describe()).isEqualTo("count-to: Completed; shout 3 Completed");
    }

    @Test
    void countToSomethingThatIsNoNumberIsAUsageError() {
        assertThat(Examples.run(List.of("count-to", "ten"))).isEqualTo(2);
    }
}
