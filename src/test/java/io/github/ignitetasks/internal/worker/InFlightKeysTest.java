package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class InFlightKeysTest {
    private final InFlightKeys keys = new InFlightKeys();
    private final KeyExecution first = call("key");
    private final KeyExecution second = call("key");

    @Test
    void keyIsInFlightOnceAndHasTheSessionsOfAllItsCalls() {
        assertThat(keys.join(first)).isFalse();
        assertThat(keys.join(second)).isTrue();

        assertThat(keys.all()).containsExactly(first);
        assertThat(first.clients())
                .containsExactlyInAnyOrder(first.first().id(), second.first().id());
    }

    @Test
    void callWhoseKeyHasEndedPutsItInFlightAgain() {
        keys.join(first);
        assertThat(keys.end(first)).containsExactly(first.first().id());
        assertThat(keys.contains("key")).isFalse();

        assertThat(keys.join(second)).isFalse();

        assertThat(keys.find("key")).containsSame(second);
    }

    @Test
    void endOfAKeyLeavesItsNextFlightAlone() {
        keys.join(first);
        keys.end(first);
        keys.join(second);

        assertThat(keys.end(first)).isEmpty();

        assertThat(keys.find("key")).containsSame(second);
        assertThat(keys.size()).isEqualTo(1);
    }

    private static KeyExecution call(String key) {
        ClientSession client =
                new ClientSession(UUID.randomUUID(), UUID.randomUUID(), new SessionSettings(0, Duration.ofHours(1), 1));
        CallRequest call =
                new CallRequest(key, CallOptions.none(), List.of(), List.of(), false, new byte[0], List.of(), null);
        return new KeyExecution(call, InFlightKeysTest.class.getClassLoader(), client);
    }
}
