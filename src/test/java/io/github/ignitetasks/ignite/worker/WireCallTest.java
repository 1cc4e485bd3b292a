package io.github.ignitetasks.ignite.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which deaths a call tells of. */
final class WireCallTest {
    private final WireCall call =
            new WireCall("key", CallOptions.none(), List.of(), List.of(), false, new byte[0], List.of(), null);

    private final Death first = death("first");
    private final Death second = death("second");
    private final Death third = death("third");

    @Test
    void furtherDeathsOnOneGridAreLeftToItsClaims() {
        assertThat(call.after(first, List.of(), false)
                        .after(second, List.of(), false)
                        .deaths())
                .containsExactly(first);
    }

    @Test
    void secondDeathIsToldWhenTheClaimsWereLostWithTheGrid() {
        assertThat(call.after(first, List.of(), false)
                        .after(second, List.of(), true)
                        .deaths())
                .containsExactly(first, second);
    }

    @Test
    void oneNodeDiesOnce() {
        assertThat(call.after(first, List.of(), true)
                        .after(first, List.of(), true)
                        .deaths())
                .containsExactly(first);
    }

    @Test
    void thirdDeathIsToldOfNodeOnWhichTheCallRanAloneAndOfNoOther() {
        WireCall suspect = call.after(first, List.of(), true).after(second, List.of(), true);

        assertThat(suspect.after(third, List.of(), true).deaths()).containsExactly(first, second);
        assertThat(suspect.after(third, List.of(first, second), true).deaths()).containsExactly(first, second, third);
    }

    @Test
    void deathsThatClaimsHadCountedAreToldByTheNodeOnWhichTheCallRanAlone() {
        assertThat(call.after(first, List.of(), false)
                        .after(third, List.of(first, second), true)
                        .deaths())
                .containsExactly(first, second, third);
    }

    @Test
    void deathsTravelWithTheCall() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        call.after(first, List.of(), false)
                .after(death(""), List.of(), true)
                .writeTo(new DataOutputStream(bytes), new DefinitionTable());

        WireCall read = WireCall.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), new DefinitionTable());

        assertThat(read.deaths()).hasSize(2).contains(first);
    }

    private static Death death(String name) {
        return new Death(UUID.randomUUID(), name);
    }
}
