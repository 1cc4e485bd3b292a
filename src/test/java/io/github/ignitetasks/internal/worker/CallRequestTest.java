package io.github.ignitetasks.internal.worker;

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

/** Tests which node deaths a call reports. */
final class CallRequestTest {
    private final CallRequest call =
            new CallRequest("key", CallOptions.none(), List.of(), List.of(), false, new byte[0], List.of(), null);

    private final NodeDeath first = death("first");
    private final NodeDeath second = death("second");
    private final NodeDeath third = death("third");

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
        CallRequest suspect = call.after(first, List.of(), true).after(second, List.of(), true);

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

        CallRequest read = CallRequest.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), new DefinitionTable());

        assertThat(read.deaths()).hasSize(2).contains(first);
    }

    private static NodeDeath death(String name) {
        return new NodeDeath(UUID.randomUUID(), name);
    }
}
