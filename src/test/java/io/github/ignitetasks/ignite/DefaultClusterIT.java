package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.AdaptiveScaling;
import io.github.ignitetasks.support.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the cluster that a runner starts if it has settings of a cluster, but no grid. */
final class DefaultClusterIT {
    private static final Map<String, String> IN_THIS_JVM = Map.of("processes", "false");

    @Test
    void clusterOptionsAloneStartALocalClusterThatEndsWithTheSession() {
        Map<String, String> options = Map.of("processes", "false", "nodes", "2", "slotsPerNode", "3");
        try (TaskSession session =
                IgniteTaskRunner.builder().clusterOptions(options).build().start()) {
            assertThat(session.submit("one", () -> 1).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
            assertThat(Ignition.allGrids()).hasSize(2);
        }
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void adaptiveScalingAloneStartsALocalClusterThatGrows(@TempDir Path folder) {
        Gate gate = Gate.in(folder);
        AdaptiveScaling scaling = AdaptiveScaling.between(1, 2)
                .withInterval(Duration.ofMillis(100))
                .withTargetDuration(Duration.ofMillis(500));
        try (TaskSession session = IgniteTaskRunner.builder()
                .adaptive(scaling)
                .clusterOptions(IN_THIS_JVM)
                .slots(1)
                .build()
                .start()) {
            assertThat(Ignition.allGrids()).as("the minimum").hasSize(1);

            List<TaskFuture<Integer>> tasks = Stream.generate(() -> session.submit(() -> {
                        gate.pass();
                        return 1;
                    }))
                    .limit(8)
                    .toList();

            await().atMost(Deadlines.PATIENCE)
                    .untilAsserted(() -> assertThat(Ignition.allGrids()).hasSize(2));
            gate.open();
            assertThat(TaskFuture.all(tasks).result(Deadlines.PATIENCE)).hasSize(8);
        }
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void settingsOfAClientAreRefusedIfTheClusterHasANodeInThisJvm() {
        Map<String, IgniteTaskRunnerBuilder> builders = Map.of(
                "joinTimeout is PT7S", IgniteTaskRunner.builder().joinTimeout(Duration.ofSeconds(7)),
                "clientConfiguration is set", IgniteTaskRunner.builder().clientConfiguration(configuration -> {}));
        builders.forEach((setting, builder) -> {
            IgniteTaskRunner runner = builder.clusterOptions(IN_THIS_JVM).build();

            assertThatIllegalStateException()
                    .isThrownBy(runner::start)
                    .withMessageStartingWith(setting + ", but a temporary cluster has a node in this JVM")
                    .withMessageContaining("leave the setting out");
            assertThat(Ignition.allGrids()).isEmpty();
        });
    }
}
