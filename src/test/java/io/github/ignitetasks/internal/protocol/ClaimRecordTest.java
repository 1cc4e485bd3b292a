package io.github.ignitetasks.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ClaimRecordTest {
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();
    private final UUID third = UUID.randomUUID();
    private final ClaimRecord heir = claim(UUID.randomUUID());

    @Test
    void firstDeathCountsWhetherItHadStartedOrNot() {
        assertThat(claim(first).takenOverBy(heir).deaths()).containsExactly(first);
    }

    @Test
    void laterDeathCountsIfItHadStarted() {
        assertThat(claim(second, first).takenOverBy(heir).deaths()).containsExactly(first);
        assertThat(claim(second, first).asStarted().takenOverBy(heir).deaths()).containsExactly(first, second);
    }

    @Test
    void thirdDeathOfWhatHadStartedIsDeadly() {
        ClaimRecord claim = claim(third, first, second);
        assertThat(claim.isToRunAlone()).isTrue();

        assertThat(claim.takenOverBy(heir).isDeadly()).isFalse();
        assertThat(claim.asStarted().takenOverBy(heir).isDeadly()).isTrue();
    }

    @Test
    void whatSessionsKnowIsNeverTheThirdDeath() {
        ClaimRecord found = claim(second, first).asStarted();

        ClaimRecord taken = found.takenOverBy(claim(UUID.randomUUID(), third));

        assertThat(taken.deaths()).containsExactly(first, second);
        assertThat(claim(first).takenOverBy(claim(UUID.randomUUID(), third)).deaths())
                .containsExactly(first, third);
    }

    @Test
    void claimThatWasGivenUpKeepsItsDeathsAndAddsNone() {
        assertThat(claim(second, first).asStarted().givenUp().takenOverBy(heir).deaths())
                .containsExactly(first);
    }

    @Test
    void claimIsReadAsItWasWritten() {
        ClaimRecord claim = claim(third, first, second);

        assertThat(ClaimRecord.read(claim.bytes())).isEqualTo(claim);
        assertThat(ClaimRecord.read(claim.asStarted().bytes()))
                .isEqualTo(claim.asStarted())
                .isNotEqualTo(claim);
    }

    private static ClaimRecord claim(UUID node, UUID... deaths) {
        return ClaimRecord.of(node, List.of(deaths));
    }
}
