package io.github.ignitetasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.Gate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SessionLimitsTest {
    private static final SessionLimits STANDARD = SessionLimits.standard();

    static Stream<SessionLimits> differentLimits() {
        return Stream.of(
                STANDARD,
                STANDARD.withPendingCalls(1),
                STANDARD.withPendingBytes(1),
                STANDARD.withKeptFutures(1),
                STANDARD.withKeptBytes(1),
                STANDARD.withInlineResultBytes(1));
    }

    @ParameterizedTest
    @MethodSource("differentLimits")
    void limitsAreEqualIfEachOfThemIs(SessionLimits limits) throws Exception {
        SessionLimits same = STANDARD.withPendingCalls(limits.pendingCalls())
                .withPendingBytes(limits.pendingBytes())
                .withKeptFutures(limits.keptFutures())
                .withKeptBytes(limits.keptBytes())
                .withInlineResultBytes(limits.inlineResultBytes());

        assertThat(same).isEqualTo(limits).hasSameHashCodeAs(limits).hasToString(limits.toString());
        assertThat(writtenAndRead(limits)).isEqualTo(limits);
        assertThat(differentLimits().filter(limits::equals)).hasSize(1);
        assertThat(differentLimits().map(Object::toString).filter(limits.toString()::equals))
                .hasSize(1);
    }

    @Test
    void defaultsAreThoseOfTheDocuments() {
        assertThat(STANDARD.pendingCalls()).isEqualTo(65_536);
        assertThat(STANDARD.pendingBytes()).isEqualTo(64 << 20);
        assertThat(STANDARD.keptFutures()).isEqualTo(65_536);
        assertThat(STANDARD.keptBytes()).isEqualTo(64 << 20);
        assertThat(STANDARD.inlineResultBytes()).isEqualTo(64 << 10);
    }

    @Test
    void limitBelowOneIsRefusedByItsName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STANDARD.withPendingCalls(0))
                .withMessage("pendingCalls must be 1 or more, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STANDARD.withPendingBytes(-1))
                .withMessage("pendingBytes must be 1 or more, but is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STANDARD.withKeptFutures(0))
                .withMessage("keptFutures must be 1 or more, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STANDARD.withKeptBytes(0))
                .withMessage("keptBytes must be 1 or more, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STANDARD.withInlineResultBytes(0))
                .withMessage("inlineResultBytes must be 1 or more, but is 0");
    }

    @Test
    @SuppressWarnings("NullAway") // the test passes null
    void limitsOfAThreadPoolArePartOfItsEquality() {
        ThreadPoolTaskRunner runner = ThreadPoolTaskRunner.withSlots(2);
        ThreadPoolTaskRunner other = runner.withLimits(STANDARD.withPendingCalls(3));

        assertThat(other).isNotEqualTo(runner).isEqualTo(other.duplicate());
        assertThat(runner.limits()).isEqualTo(STANDARD);
        assertThat(other.limits().pendingCalls()).isEqualTo(3);
        assertThatNullPointerException()
                .isThrownBy(() -> runner.withLimits(null))
                .withMessage("limits");
    }

    @Test
    void threadPoolAcceptsAsManyCallsAsItsLimitsSay(@TempDir Path folder) {
        Gate gate = Gate.in(folder);
        TaskCall<Integer> call = () -> {
            gate.pass();
            return 1;
        };
        try (TaskSession session = ThreadPoolTaskRunner.withSlots(1)
                .withLimits(STANDARD.withPendingCalls(2))
                .start()) {
            TaskFuture<Integer> first = session.submit("first", call);
            TaskFuture<Integer> second = session.submit("second", call);

            Optional<TaskFuture<Integer>> third = session.trySubmit("third", call, CallOptions.none());
            gate.open();

            assertThat(third).isEmpty();
            assertThat(first.result() + second.result()).isEqualTo(2);
            assertThat(session.submit("third", call).result()).isEqualTo(1);
        }
    }

    private static Object writtenAndRead(SessionLimits limits) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(limits);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
