package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.NodeReport.RecentFailure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests how a node counts the calls that ended on it. */
final class NodeStatisticsTest {
    private final NodeStatistics statistics = new NodeStatistics();

    private static KeyExecution call(String key) {
        return new KeyExecution(
                new CallRequest(key, CallOptions.none(), List.of(), List.of(), false, new byte[0], List.of(), null),
                NodeStatisticsTest.class.getClassLoader(),
                new ClientSession(
                        UUID.randomUUID(), UUID.randomUUID(), new SessionSettings(0, Duration.ofHours(1), 1)));
    }

    private static State<?> crashed() {
        return new State.Crashed<>(Failure.ofText("", "the grid is full", ""), ExecutionInfo.neverRan("node-1"));
    }

    @Test
    void callWhoseStateCannotBeRecordedCountsAsCrashedAlone() {
        KeyExecution call = call("a");
        statistics.onEnded(call, new State.Completed<>(1, ExecutionInfo.neverRan("node-1")));

        statistics.onNotRecorded(call, crashed());

        assertThat(statistics.ended(StateType.COMPLETED)).isZero();
        assertThat(statistics.ended(StateType.CRASHED)).isEqualTo(1);
        assertThat(statistics.failures()).extracting(RecentFailure::key).containsExactly("a");
    }

    @Test
    void callThatIsRefusedBeforeItRunsCountsAsCrashed() {
        statistics.onNotRecorded(call("a"), crashed());

        assertThat(statistics.ended(StateType.CRASHED)).isEqualTo(1);
    }
}
