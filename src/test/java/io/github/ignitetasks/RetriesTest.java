package io.github.ignitetasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RetriesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void fixedRetriesHaveOneDelay() {
        assertThat(delays(Retries.fixed(3, SECOND), 3)).containsExactly(SECOND, SECOND, SECOND);
    }

    @Test
    void eachRetryHasItsOwnDelay() {
        Retries retries = Retries.delays(SECOND, Duration.ZERO);

        assertThat(retries.number()).isEqualTo(2);
        assertThat(delays(retries, 3)).containsExactly(SECOND, Duration.ZERO, Duration.ZERO);
    }

    @Test
    void exponentialDelaysDoubleUpToTheCap() {
        assertThat(delays(Retries.exponential(5, SECOND).cap(Duration.ofSeconds(5)), 5))
                .containsExactly(
                        SECOND,
                        SECOND.multipliedBy(2),
                        SECOND.multipliedBy(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5));
    }

    @Test
    void manyExponentialRetriesHaveFiniteDelays() {
        assertThat(Retries.exponential(Integer.MAX_VALUE, SECOND).delay(Integer.MAX_VALUE))
                .isGreaterThan(Duration.ofDays(365))
                .isLessThanOrEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void jitterMakesDelaysLongerAndShorterByItsShare() {
        Retries retries = Retries.fixed(1, SECOND).jitter(0.2);

        List<Duration> delays =
                IntStream.range(0, 1_000).mapToObj(i -> retries.delay(1)).toList();

        assertThat(delays).allMatch(delay -> delay.toMillis() >= 800 && delay.toMillis() <= 1_200);
        assertThat(delays).anyMatch(delay -> delay.toMillis() < 900).anyMatch(delay -> delay.toMillis() > 1_100);
    }

    @Test
    void conditionChoosesTheExceptions() {
        Retries ofInput = Retries.fixed(1, SECOND).onlyOn(IOException.class, IllegalStateException.class);

        assertThat(ofInput.isOn(new FileNotFoundException())).isTrue();
        assertThat(ofInput.isOn(new IllegalStateException())).isTrue();
        assertThat(ofInput.isOn(new IllegalArgumentException())).isFalse();
        assertThat(Retries.fixed(1, SECOND).isOn(new Error())).isTrue();
        assertThat(Retries.fixed(1, SECOND)
                        .when(thrown -> thrown.getMessage() != null)
                        .isOn(new Error()))
                .isFalse();
    }

    @Test
    void conditionThatThrowsMeansNo() {
        IllegalStateException thrown = new IllegalStateException("of the task");
        Retries rethrows = Retries.fixed(1, SECOND).when(e -> {
            throw (IllegalStateException) e;
        });
        Retries fails = Retries.fixed(1, SECOND).when(e -> {
            throw new AssertionError("of the condition");
        });

        assertThat(rethrows.isOn(thrown)).isFalse();
        assertThat(thrown.getSuppressed()).isEmpty();
        assertThat(fails.isOn(thrown)).isFalse();
        assertThat(thrown.getSuppressed()).hasSize(1);
    }

    @Test
    void noRetriesAreNone() {
        assertThat(Retries.fixed(0, SECOND)).isEqualTo(Retries.none());
        assertThat(Retries.exponential(0, SECOND)).isEqualTo(Retries.none());
        assertThat(Retries.delays()).isEqualTo(Retries.none());
        assertThat(Retries.none().number()).isZero();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(() -> Retries.fixed(-1, SECOND), "retries must be 0 or more, but is -1"),
                refused(() -> Retries.fixed(1, SECOND.negated()), "must be zero or more, but is PT-1S"),
                refused(() -> Retries.exponential(100, SECOND.negated()), "first must be zero or more, but is PT-1S"),
                refused(
                        () -> Retries.fixed(1, SECOND).cap(SECOND.negated()),
                        "longest must be zero or more, but is PT-1S"),
                refused(() -> Retries.fixed(1, SECOND).jitter(1.5), "jitter must be from 0 to 1, but is 1.5"),
                refused(() -> Retries.fixed(1, SECOND).jitter(Double.NaN), "jitter must be from 0 to 1, but is NaN"),
                refused(() -> Retries.of(1, List.of(), 0), "delays must be 1 to 1000, but are 0"),
                refused(() -> Retries.fixed(1, SECOND).onlyOn(), "onlyOn needs one type at least"));
    }

    private static Arguments refused(ThrowingCallable call, String message) {
        return Arguments.of(call, message);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void impossibleRetriesAreRefusedWithTheValue(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }

    private static List<Duration> delays(Retries retries, int number) {
        return IntStream.rangeClosed(1, number).mapToObj(retries::delay).toList();
    }
}
