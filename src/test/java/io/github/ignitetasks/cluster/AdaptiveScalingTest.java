package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AdaptiveScalingTest {
    private final AdaptiveScaling scaling = new AdaptiveScaling(1, 10, Duration.ofSeconds(1), Duration.ofSeconds(5), 3);

    @Test
    void backlogThatOneNodeDoesInTimeWantsOne() {
        assertThat(scaling.wanted(load(100, 2, Duration.ofMillis(50)), 1)).isEqualTo(1);
    }

    @Test
    void backlogWantsAsManyNodesAsDoItInTime() {
        assertThat(scaling.wanted(load(1_000, 2, Duration.ofMillis(50)), 1)).isEqualTo(5);
    }

    @Test
    void nodesThatAreThereCountWithTheSlotsThatTheyHave() {
        assertThat(scaling.wanted(load(1_000, 8, Duration.ofMillis(50)), 4)).isEqualTo(5);
    }

    @Test
    void fewLongCallsWantNoMoreNodesThanTheyHaveCalls() {
        assertThat(scaling.wanted(load(6, 2, Duration.ofHours(1)), 1)).isEqualTo(3);
    }

    @Test
    void clusterWithNothingToDoWantsItsMinimum() {
        assertThat(scaling.wanted(load(0, 8, Duration.ofMillis(50)), 4)).isEqualTo(1);
    }

    @Test
    void noBacklogWantsMoreThanTheMaximum() {
        assertThat(scaling.wanted(load(Integer.MAX_VALUE, 2, Duration.ofDays(365)), 1))
                .isEqualTo(10);
    }

    private static Load.Look load(int calls, int slots, Duration meanTime) {
        return new Load.Look(calls, slots, meanTime);
    }
}
