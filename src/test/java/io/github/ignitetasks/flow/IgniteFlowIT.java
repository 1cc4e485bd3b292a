package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.Tally;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class IgniteFlowIT extends FlowContract {
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = new EmbeddedCluster().start(Map.of());
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Override
    public TaskRunner runner() {
        return IgniteTaskRunner.builder().cluster(cluster).slots(2).build();
    }

    @Test
    void taskRunsOfAResumedFlowAndOfKeysThatHadEndedAreCached() {
        Tally runs = tally();
        Task<Integer, Integer> keyed = Task.named("keyed-" + UUID.randomUUID())
                .body((Integer number) -> number + 1)
                .keyedByInput("1");
        FlowWithoutArgument<Integer> flow = flow(run -> {
            run.submitAction("counted", runs::add).result();
            return run.submit(keyed, 1).result();
        });
        String runName = "run-" + UUID.randomUUID();

        FlowReport<Integer> first = flow.withRunId(runName).runReport();
        FlowReport<Integer> resumed = flow.withRunId(runName).runReport();
        FlowReport<Integer> another = flow.runReport();

        assertThat(first.taskStates().values()).noneMatch(State::isCached);
        assertThat(resumed.taskStates()).isEqualTo(first.taskStates());
        assertThat(resumed.taskStates().values()).hasSize(2).allMatch(State::isCached);
        assertThat(FlowSubject.state(another.taskStates(), "counted-0").isCached())
                .isFalse();
        assertThat(FlowSubject.state(another.taskStates(), keyed.name() + "-0").isCached())
                .isTrue();
        assertThat(runs.count()).isEqualTo(2);
    }
}
