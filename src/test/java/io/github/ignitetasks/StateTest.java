package io.github.ignitetasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.State.Failed.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StateTest {
    private static final ExecutionInfo TRACE = new ExecutionInfo(
            Instant.parse("2025-01-01T10:00:00Z"), Instant.parse("2025-01-01T10:00:05Z"), "node-1", 2);
    private final IOException thrown = new IOException("no such page");
    private final State<String> failed = new State.Failed<>(Reason.EXCEPTION, Failure.of(thrown), TRACE);

    @Test
    void completedHasAResultAndNoFailure() {
        State<String> state = new State.Completed<>("done", TRACE);

        assertThat(state.type()).isEqualTo(StateType.COMPLETED);
        assertThat(state.isCompleted()).isTrue();
        assertThat(state.result()).isEqualTo("done");
        assertThat(state.failure()).isEmpty();
        assertThat(state.describe()).isEqualTo("Completed");
    }

    @Test
    void completedReadsItsResultOnceWhenItIsAskedFor() {
        AtomicInteger reads = new AtomicInteger();
        State<String> state = State.Completed.lazily(() -> "read " + reads.incrementAndGet(), TRACE);

        assertThat(state.isCompleted()).isTrue();
        assertThat(state.describe()).isEqualTo("Completed");
        assertThat(state.executionInfo()).isEqualTo(TRACE);
        assertThat(state.toString()).contains("not read yet");
        assertThat(reads).hasValue(0);
        assertThat(((State.Completed<String>) state).isRead()).isFalse();
        assertThat(state.result()).isEqualTo("read 1");
        assertThat(state.result()).isEqualTo("read 1");
        assertThat(((State.Completed<String>) state).isRead()).isTrue();
        assertThat(state).isEqualTo(new State.Completed<>("read 1", TRACE));
    }

    @Test
    void completedReadsItsResultAgainAfterAFailure() {
        AtomicInteger reads = new AtomicInteger();
        State<Integer> state = State.Completed.lazily(
                () -> {
                    if (reads.incrementAndGet() == 1) {
                        throw new ResultUnavailableException("the grid is away", null);
                    }
                    return reads.get();
                },
                TRACE);

        assertThatExceptionOfType(ResultUnavailableException.class).isThrownBy(state::result);
        assertThat(state.result()).isEqualTo(2);
    }

    @Test
    void completedIsSerializedWithItsResult() throws Exception {
        State<String> state = State.Completed.lazily(() -> "read", TRACE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(state);
        }
    }

    @Test
    void stateTellsItsTrace() {
        assertThat(failed.startTime()).isEqualTo("2025-01-01T10:00:00Z");
        assertThat(failed.endTime()).isEqualTo("2025-01-01T10:00:05Z");
        assertThat(failed.node()).isEqualTo("node-1");
        assertThat(failed.attempt()).isEqualTo(2);
    }

    @Test
    void failedTellsWhatWasThrown() {
        assertThat(failed.type()).isEqualTo(StateType.FAILED);
        assertThat(failed.isCompleted()).isFalse();
        assertThat(failed.describe()).isEqualTo("Failed: java.io.IOException: no such page");
    }

    @Test
    void timedOutIsFailedByAnotherName() {
        State<String> state =
                new State.Failed<>(Reason.TIMED_OUT, Failure.ofText("java.util.X", "too slow", ""), TRACE);

        assertThat(state.type()).isEqualTo(StateType.FAILED);
        assertThat(state.name()).isEqualTo("TimedOut");
        assertThat(state.describe()).isEqualTo("TimedOut: java.util.X: too slow");
    }

    @Test
    void cancelledSaysWhetherItsCodeRunsOn() {
        assertThat(new State.Cancelled<>(false, TRACE).describe()).isEqualTo("Cancelled");
        assertThat(new State.Cancelled<>(true, TRACE).describe())
                .isEqualTo("Cancelled, but its code ignores the interrupt and runs on");
        assertThat(new State.Cancelled<>(true, TRACE).failure()).isEmpty();
    }

    @Test
    void crashedTellsItsCause() {
        State<String> state = new State.Crashed<>(Failure.ofText("java.io.X", "unreadable", ""), TRACE);

        assertThat(state.name()).isEqualTo("Crashed");
        assertThat(state.describe()).isEqualTo("Crashed: java.io.X: unreadable");
    }

    @Test
    void notReadyTellsTheUpstreamAndHowItEnded() {
        State.NotReady<String> state = State.NotReady.because("fetch", failed, TRACE);

        assertThat(state.upstream()).isEqualTo("fetch");
        assertThat(state.describe())
                .isEqualTo("NotReady: java.io.IOException: upstream 'fetch' ended Failed: java.io.IOException:"
                        + " no such page");
        assertThat(state.cause().stackTrace()).isEqualTo(Failure.of(thrown).stackTrace());
    }

    @Test
    void notReadyAfterACancelledUpstreamSaysSo() {
        State<String> state = State.NotReady.because("fetch", new State.Cancelled<>(false, TRACE), TRACE);

        assertThat(state.describe()).contains("upstream 'fetch' ended Cancelled");
    }

    @Test
    void notReadyAfterNotReadyKeepsTheFirstCause() {
        State<String> first = State.NotReady.because("fetch", failed, TRACE);

        State.NotReady<String> second = State.NotReady.because("parse", first, TRACE);

        assertThat(second.upstream()).isEqualTo("parse");
        assertThat(second.failure()).isEqualTo(first.failure());
    }

    @Test
    void resultOfWhatDidNotCompleteThrowsWithTheStateAndTheCause() {
        assertThatExceptionOfType(NotCompletedException.class)
                .isThrownBy(failed::result)
                .withMessage("the task ended Failed: java.io.IOException: no such page")
                .withCause(thrown)
                .satisfies(e -> assertThat(e.state()).isEqualTo(failed));
    }

    @Test
    void exceptionOfWhatHasTextAloneHasNoCause() {
        State<String> state = new State.Crashed<>(Failure.ofText("java.io.X", "unreadable", ""), TRACE);

        assertThat(new NotCompletedException("task 'a'", state))
                .hasMessage("task 'a' ended Crashed: java.io.X: unreadable")
                .hasNoCause();
    }

    @Test
    void traceOfWhatNeverRanHasNoAttempt() {
        ExecutionInfo trace = ExecutionInfo.neverRan("node-1");

        assertThat(trace.attempt()).isZero();
        assertThat(trace.startTime()).isEqualTo(trace.endTime());
        assertThat(trace.node()).isEqualTo("node-1");
    }

    @Test
    void typesAreNamedAsInTexts() {
        assertThat(StateType.values())
                .extracting(StateType::toString)
                .containsExactly("Completed", "Failed", "Crashed", "Cancelled", "NotReady");
    }
}
