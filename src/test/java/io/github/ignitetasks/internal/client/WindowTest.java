package io.github.ignitetasks.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WindowTest {
    private final Window window = new Window(2);

    @Test
    void nodeThatNothingIsKnownOfHasOneCallAheadForEachSlot() {
        assertThat(window.size()).isEqualTo(4);
    }

    @Test
    void nodeOfLongCallsHasNoneAhead() {
        ends(Duration.ofSeconds(1));

        assertThat(window.size()).isEqualTo(2);
    }

    @Test
    void nodeOfShortCallsHasWhatItsSlotsDoInAMoment() {
        ends(Duration.ofMillis(1));

        assertThat(window.size()).isBetween(75, 82);
    }

    @Test
    void nodeOfTinyCallsHasManyAheadButNotAnyNumber() {
        ends(Duration.ofNanos(1));

        assertThat(window.size()).isEqualTo(2 + 2_048);
    }

    @Test
    void windowFollowsCallsThatBecomeLonger() {
        ends(Duration.ofNanos(1));
        ends(Duration.ofSeconds(1));

        assertThat(window.size()).isEqualTo(2);
    }

    @Test
    void oneLongCallAmongShortOnesSaysLittleOfTheNext() {
        ends(Duration.ofMillis(1));
        window.onEnd(Duration.ofSeconds(1).toNanos());
        window.onEnd(Duration.ofMillis(1).toNanos());

        assertThat(window.size()).isGreaterThan(10);
    }

    @Test
    void windowFollowsTheNumberOfSlots() {
        ends(Duration.ofSeconds(1));

        window.slots(8);

        assertThat(window.size()).isEqualTo(8);
    }

    @Test
    void freeSlotStartsOneLongCallAndManyShortOnes() {
        ends(Duration.ofSeconds(1));
        assertThat(window.calls(3)).isEqualTo(3);
        assertThat(window.slotsFor(3)).isEqualTo(3);

        ends(Duration.ofMillis(1));
        assertThat(window.calls(3)).isBetween(110, 120);
        assertThat(window.slotsFor(100)).isEqualTo(3);
    }

    private void ends(Duration time) {
        for (int i = 0; i < 100; i++) {
            window.onEnd(time.toNanos());
        }
    }
}
