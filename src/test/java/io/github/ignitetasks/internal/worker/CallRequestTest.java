package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.NearData;
import io.github.ignitetasks.Retries;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        CallRequest read = read(written(call.after(first, List.of(), false).after(death(""), List.of(), true)));

        assertThat(read.deaths()).hasSize(2).contains(first);
    }

    @Test
    void statesOfUpstreamsTravelWithTheCallInPlaceOfTheirKeys() throws IOException {
        CallRequest three = new CallRequest(
                "key", CallOptions.none(), List.of(), List.of("a", "b", "c"), false, new byte[0], List.of(), null);

        CallRequest read =
                read(written(three.withStates(Map.of("b", new byte[] {7})).after(first, List.of(), false)));

        assertThat(read.upstreams()).containsExactly("a", "c");
        assertThat(read.states()).containsOnlyKeys("b");
        assertThat(read.states().get("b")).containsExactly(7);
        assertThat(read.deaths()).containsExactly(first);
    }

    static Stream<Retries> retries() {
        return Stream.of(
                Retries.none(),
                Retries.fixed(3, Duration.ofSeconds(1)),
                Retries.fixed(3, Duration.ofSeconds(1)).jitter(0.2),
                Retries.delays(Duration.ofMillis(1), Duration.ZERO),
                Retries.exponential(1_000, Duration.ofMillis(100)).cap(Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @MethodSource("retries")
    void retriesTravelWithTheCall(Retries retries) throws IOException {
        CallRequest some = new CallRequest(
                "key",
                CallOptions.none().withRetries(retries),
                List.of(),
                List.of(),
                false,
                new byte[0],
                List.of(),
                null);

        assertThat(read(written(some)).options().retries()).isEqualTo(retries);
    }

    @Test
    void lifeOfTheStateAndPlaceOfTheCallTravelWithIt() throws IOException {
        CallOptions options = CallOptions.none()
                .withResultTtl(Duration.ofMinutes(1))
                .withFailuresKept(false)
                .near(NearData.partition("trades", 7));
        CallRequest some = new CallRequest("key", options, List.of(), List.of(), false, new byte[0], List.of(), null);

        assertThat(read(written(some)).options()).isEqualTo(options);
    }

    @Test
    void namesAndPlacementTravelWithTheCall() throws IOException {
        CallOptions options = CallOptions.none()
                .withName("fetch")
                .withFlowRun("2026-11-28")
                .withCrashRetries(0)
                .withPriority(-5)
                .onNodes("zone", "a")
                .requires("gpu", 2)
                .limit("db", 10);

        assertThat(read(written(request(options))).options()).isEqualTo(options);
    }

    @Test
    void deadlineTravelsWithTheAgeOfTheCall() throws IOException {
        Duration deadline = Duration.ofHours(1);
        CallRequest some = request(CallOptions.none().withDeadline(deadline));
        Duration before = some.timeLeft();

        CallRequest read = read(written(some));

        assertThat(read.options().deadline()).isEqualTo(deadline);
        assertThat(read.timeLeft()).isLessThan(before).isGreaterThan(Duration.ofMinutes(50));
    }

    private static CallRequest request(CallOptions options) {
        return new CallRequest("key", options, List.of(), List.of(), false, new byte[0], List.of(), null);
    }

    @Test
    void callWithAFlagOfANewerVersionIsRefused() throws IOException {
        byte[] bytes = written(request(CallOptions.none().withPriority(1)));
        bytes[bytes.length - 4 - 4 - 4 - 1] =
                Byte.MIN_VALUE; // before the priority and the sizes of call and definitions

        assertThatExceptionOfType(StreamCorruptedException.class)
                .isThrownBy(() -> read(bytes))
                .withMessageContaining("newer version");
    }

    private static byte[] written(CallRequest request) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        request.writeTo(new DataOutputStream(bytes), new DefinitionTable());
        return bytes.toByteArray();
    }

    private static CallRequest read(byte[] bytes) throws IOException {
        return CallRequest.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)), new DefinitionTable());
    }

    private static NodeDeath death(String name) {
        return new NodeDeath(UUID.randomUUID(), name);
    }
}
