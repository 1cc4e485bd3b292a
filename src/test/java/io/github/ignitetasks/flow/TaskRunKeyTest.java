package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskRunKeyTest {
    private static final UUID FLOW_RUN = new UUID(1, 2);

    @Test
    void keyIsTaskRunNameThenIdThenRunCount() {
        assertThat(TaskRunKey.of(FLOW_RUN, "shout-0", 7)).matches("shout-0-[0-9a-f]{32}-7");
    }

    @Test
    void keyOfAnAttemptIsFlowNameThenIdThenCount() {
        assertThat(TaskRunKey.ofFlow(FLOW_RUN, "count-to", 3))
                .isEqualTo("count-to-00000000000000010000000000000002-attempt-3");
    }

    @Test
    void keyOfTheSameTaskRunIsTheSameInEveryJvm() {
        assertThat(TaskRunKey.of(FLOW_RUN, "shout-0", 1)).isEqualTo("shout-0-8ff2939909ce3259bf293ee30b03ba60-1");
    }

    @Test
    void keyOfAnotherRunCountDiffersInTheCountAlone() {
        String first = TaskRunKey.of(FLOW_RUN, "shout-0", 1);

        assertThat(TaskRunKey.of(FLOW_RUN, "shout-0", 2)).isEqualTo(first.substring(0, first.length() - 1) + "2");
    }

    @Test
    void idDiffersBetweenTaskRuns() {
        assertThat(id(TaskRunKey.of(FLOW_RUN, "shout-0", 1))).isNotEqualTo(id(TaskRunKey.of(FLOW_RUN, "shout-1", 1)));
    }

    @Test
    void idDiffersBetweenFlowRuns() {
        assertThat(id(TaskRunKey.of(FLOW_RUN, "shout-0", 1)))
                .isNotEqualTo(id(TaskRunKey.of(new UUID(1, 3), "shout-0", 1)));
    }

    private static String id(String key) {
        return key.replaceAll(".*-([0-9a-f]{32})-.*", "$1");
    }
}
