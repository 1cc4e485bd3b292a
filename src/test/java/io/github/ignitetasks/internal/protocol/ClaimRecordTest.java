package io.github.ignitetasks.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
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

    @Test
    void deathOfAKeyWithCrashRetriesCountsIfItHadStartedAndNoOther() {
        ClaimRecord claim = counted(first, 1);

        assertThat(claim.takenOverBy(heir).deaths()).isEmpty();
        assertThat(claim.asStarted().takenOverBy(heir).deaths()).containsExactly(first);
        assertThat(claim.takenOverBy(counted(second, 1, third)).deaths())
                .as("what sessions know")
                .isEmpty();
    }

    @Test
    void keyWithCrashRetriesRunsAgainSoOften() {
        assertThat(counted(first, 0).isDeadly()).isFalse();
        assertThat(counted(first, 0).asStarted().takenOverBy(heir).isDeadly()).isTrue();
        assertThat(counted(first, 1).asStarted().takenOverBy(heir).isDeadly()).isFalse();
        assertThat(counted(third, 1, first).asStarted().takenOverBy(heir).isDeadly())
                .isTrue();
        assertThat(counted(third, 5, first, second).isToRunAlone()).isFalse();
    }

    @Test
    void crashRetriesOfTheFirstCallHoldForAllThatFollow() {
        assertThat(counted(first, 0).takenOverBy(heir).crashRetries()).hasValue(0);
        assertThat(counted(first, 0).takenOverBy(counted(second, 7)).crashRetries())
                .hasValue(0);
        assertThat(claim(first).takenOverBy(counted(second, 7)).crashRetries()).hasValue(7);
    }

    @Test
    void runThatCouldNotBeRecordedCountsAsADeath() {
        ClaimRecord left = counted(first, 0).asStarted().usedUp();

        assertThat(left.isGivenUp()).isTrue();
        assertThat(left.takenOverBy(heir).isDeadly()).isTrue();
    }

    @Test
    void runsOfOneNodeThatCouldNotBeRecordedCountEach() {
        ClaimRecord left = counted(first, 1).asStarted().usedUp();
        assertThat(left.takenOverBy(counted(first, 1)).isDeadly()).isFalse();

        ClaimRecord again = left.takenOverBy(counted(first, 1)).asStarted().usedUp();

        assertThat(again.takenOverBy(counted(first, 1)).isDeadly()).isTrue();
        assertThat(again.deaths()).containsExactly(first, first);
    }

    @Test
    void claimWithCrashRetriesIsReadAsItWasWritten() {
        ClaimRecord claim = counted(third, 3, first, second);

        assertThat(ClaimRecord.read(claim.bytes())).isEqualTo(claim);
        assertThat(ClaimRecord.read(claim.asStarted().bytes())).isEqualTo(claim.asStarted());
        assertThat(StateRecord.isState(claim.bytes())).isFalse();
    }

    private static ClaimRecord counted(UUID node, int crashRetries, UUID... deaths) {
        return ClaimRecord.of(node, List.of(deaths), OptionalInt.of(crashRetries));
    }

    private static ClaimRecord claim(UUID node, UUID... deaths) {
        return ClaimRecord.of(node, List.of(deaths));
    }
}
