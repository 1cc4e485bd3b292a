package io.github.ignitetasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CallOptionsTest {

    @Test
    void defaultHasNoTimeoutAndNoRetries() {
        CallOptions none = CallOptions.none();

        assertThat(none.hasTimeout()).isFalse();
        assertThat(none.retries()).isZero();
        assertThat(none.retryDelay()).isZero();
    }

    @Test
    void eachSettingIsChangedAlone() {
        CallOptions options =
                CallOptions.none().withRetries(3, Duration.ofSeconds(1)).withTimeout(Duration.ofMinutes(1));

        assertThat(options).isEqualTo(new CallOptions(Duration.ofMinutes(1), 3, Duration.ofSeconds(1)));
        assertThat(options.hasTimeout()).isTrue();
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
