package io.github.ignitetasks.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.cluster.AdaptiveScaling;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AdaptiveScalerTest {
    private final AdaptiveScaling scaling = AdaptiveScaling.between(1, 10);

    @Test
    void backlogThatOneNodeDoesInTimeWantsOne() {
        assertThat(AdaptiveScaler.wanted(scaling, load(100, 2, Duration.ofMillis(50)), 1))
                .isEqualTo(1);
    }

    @Test
    void backlogWantsAsManyNodesAsDoItInTime() {
        assertThat(AdaptiveScaler.wanted(scaling, load(1_000, 2, Duration.ofMillis(50)), 1))
                .isEqualTo(5);
    }

    @Test
    void nodesThatAreThereCountWithTheSlotsThatTheyHave() {
        assertThat(AdaptiveScaler.wanted(scaling, load(1_000, 8, Duration.ofMillis(50)), 4))
                .isEqualTo(5);
    }

    @Test
    void fewLongCallsWantNoMoreNodesThanTheyHaveCalls() {
        assertThat(AdaptiveScaler.wanted(scaling, load(6, 2, Duration.ofHours(1)), 1))
                .isEqualTo(3);
    }

    @Test
    void clusterWithNothingToDoWantsItsMinimum() {
        assertThat(AdaptiveScaler.wanted(scaling, load(0, 8, Duration.ofMillis(50)), 4))
                .isEqualTo(1);
    }

    @Test
    void noBacklogWantsMoreThanTheMaximum() {
        assertThat(AdaptiveScaler.wanted(scaling, load(Integer.MAX_VALUE, 2, Duration.ofDays(365)), 1))
                .isEqualTo(10);
    }

    private static Load.Snapshot load(int calls, int slots, Duration meanTime) {
        return new Load.Snapshot(calls, slots, meanTime);
    }
}
