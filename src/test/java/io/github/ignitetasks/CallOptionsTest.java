package io.github.ignitetasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CallOptionsTest {

    @Test
    void defaultHasNoTimeoutAndNoRetries() {
        CallOptions none = CallOptions.none();

        assertThat(none.hasTimeout()).isFalse();
        assertThat(none.retries()).isEqualTo(Retries.none());
    }

    @Test
    void eachSettingIsChangedAlone() {
        CallOptions options =
                CallOptions.none().withRetries(3, Duration.ofSeconds(1)).withTimeout(Duration.ofMinutes(1));

        assertThat(options.timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.retries()).isEqualTo(Retries.fixed(3, Duration.ofSeconds(1)));
        assertThat(options.hasTimeout()).isTrue();
        assertThat(CallOptions.none())
                .as("what was changed")
                .isEqualTo(CallOptions.none().withRetries(0, Duration.ZERO));
    }

    static Stream<CallOptions> differentOptions() {
        return Stream.of(
                CallOptions.none(),
                CallOptions.none().withTimeout(Duration.ofMinutes(1)),
                CallOptions.none().withRetries(1, Duration.ZERO),
                CallOptions.none()
                        .withRetries(
                                Retries.exponential(1, Duration.ofSeconds(1)).jitter(0.5)),
                CallOptions.none().withRetries(1, Duration.ofSeconds(1)),
                CallOptions.none().withResultTtl(Duration.ofSeconds(1)),
                CallOptions.none().withFailuresKept(false),
                CallOptions.none().near(NearData.key("trades", 7)),
                CallOptions.none().near(NearData.key("trades", 8)),
                CallOptions.none().near(NearData.key("orders", 7)),
                CallOptions.none().near(NearData.partition("trades", 7)),
                CallOptions.none().withDeadline(Duration.ofSeconds(1)),
                CallOptions.none().withCrashRetries(0),
                CallOptions.none().withCrashRetries(2),
                CallOptions.none().withPriority(-1),
                CallOptions.none().withName("fetch"),
                CallOptions.none().withFlowRun("2026-11-28"),
                CallOptions.none().onNodes("zone", "a"),
                CallOptions.none().requires("gpu", 1),
                CallOptions.none().limit("gpu", 1));
    }

    @ParameterizedTest
    @MethodSource("differentOptions")
    void optionsAreEqualIfAllSettingsAre(CallOptions options) throws Exception {
        CallOptions same = CallOptions.none()
                .withTimeout(options.timeout())
                .withRetries(options.retries())
                .withDeadline(options.deadline())
                .withFailuresKept(options.keepsFailures())
                .withRequirements(options.requirements())
                .withPriority(options.priority());
        same = options.crashRetries().isPresent()
                ? same.withCrashRetries(options.crashRetries().getAsInt())
                : same;
        same = options.name().map(same::withName).orElse(same);
        same = options.flowRun().map(same::withFlowRun).orElse(same);
        same = options.resultTtl().map(same::withResultTtl).orElse(same);
        same = options.nearData().map(same::near).orElse(same);

        assertThat(same).isEqualTo(options).hasSameHashCodeAs(options).hasToString(options.toString());
        assertThat(writtenAndRead(options)).isEqualTo(options);
        assertThat(differentOptions().filter(options::equals)).hasSize(1);
        assertThat(differentOptions().map(CallOptions::toString).filter(options.toString()::equals))
                .hasSize(1);
    }

    @Test
    void changeThatChangesNothingMakesNoObject() {
        CallOptions none = CallOptions.none();

        assertThat(none.withTimeout(CallOptions.FOREVER).withRetries(0, Duration.ZERO))
                .isSameAs(none);
    }

    @Test
    @SuppressWarnings("NullAway") // the test passes null
    void settingThatIsNullIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> CallOptions.none().withTimeout(null))
                .withMessage("timeout");
        assertThatNullPointerException()
                .isThrownBy(() -> CallOptions.none().withRetries(0, null))
                .withMessage("delay");
    }

    @Test
    void settingOutOfRangeIsRefusedWithItsValueAndTheRemedy() {
        CallOptions none = CallOptions.none();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.withDeadline(Duration.ZERO))
                .withMessage("deadline must be positive, but is PT0S; leave it out for no limit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.withCrashRetries(-1))
                .withMessage("crashRetries must be 0 to 1000, but is -1; use 0 for a call that must not run twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.requires("gpu", 0))
                .withMessage("amount must be 1 or more, but is 0; leave the requirement out for none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.limit("db", 0))
                .withMessage("most must be 1 or more, but is 0; leave the requirement out for none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.onNodes(" ", "a"))
                .withMessage("attribute must not be blank, but is ' '; give it a name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.withName("a\nb"))
                .withMessageContaining("name cannot have U+000A");
    }

    private static Object writtenAndRead(CallOptions options) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(options);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @Test
    void timeoutThatIsNotPositiveIsRefusedWithItsValueAndTheRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.none().withTimeout(Duration.ZERO))
                .withMessage("timeout must be positive, but is PT0S; leave it out for no limit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.none().withTimeout(Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
    }

    @Test
    void tooShortTimeForAResultIsRefusedWithItsValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.none().withResultTtl(Duration.ofMillis(999)))
                .withMessage("resultTtl must be 1 s or more, but is PT0.999S");
    }

    @Test
    void negativeRetriesAreRefusedWithTheirValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.none().withRetries(-1, Duration.ZERO))
                .withMessage("retries must be 0 or more, but is -1");
    }

    @Test
    void negativeDelayIsRefusedWithItsValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.none().withRetries(1, Duration.ofMillis(-5)))
                .withMessage("retryDelay must be zero or more, but is PT-0.005S");
    }
}
