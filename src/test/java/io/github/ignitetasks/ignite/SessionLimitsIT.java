package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.support.Gate;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a session on a grid keeps its limits. */
final class SessionLimitsIT {
    private static Cluster cluster;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        cluster = new EmbeddedCluster().start(Map.of());
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    private static TaskSession session(SessionLimits limits) {
        return IgniteTaskRunner.builder()
                .cluster(cluster)
                .limits(limits)
                .build()
                .start();
    }

    @Test
    void moreCallsThanTheLimitAreNotAcceptedBeforeOthersHaveEnded() {
        Gate gate = Gate.in(folder);
        TaskCall<Integer> call = () -> {
            gate.pass();
            return 1;
        };
        try (TaskSession session = session(SessionLimits.standard().withPendingCalls(1))) {
            TaskFuture<Integer> first = session.submit("calls-first", call);

            assertThat(session.trySubmit("calls-second", call, CallOptions.none()))
                    .isEmpty();
            gate.open();
            assertThat(first.result()).isEqualTo(1);
            assertThat(session.submit("calls-second", call).result()).isEqualTo(1);
        }
    }

    @Test
    void largerCallsThanTheLimitAreAcceptedOneAtATime() {
        Gate gate = Gate.in(folder);
        String large = "x".repeat(1_000);
        TaskCall<Integer> call = () -> {
            gate.pass();
            return large.length();
        };
        try (TaskSession session = session(SessionLimits.standard().withPendingBytes(1_000))) {
            TaskFuture<Integer> first = session.submit("bytes-first", call);

            assertThat(session.trySubmit("bytes-second", call, CallOptions.none()))
                    .isEmpty();
            gate.open();
            assertThat(first.result()).isEqualTo(1_000);
            assertThat(session.submit("bytes-second", call).result()).isEqualTo(1_000);
        }
    }

    @Test
    void endedFuturesOverTheNumberAreForgottenAndTheirStatesFoundOnTheGrid() {
        checkForgets(SessionLimits.standard().withKeptFutures(2), "number");
    }

    @Test
    void endedFuturesOverTheSizeAreForgottenAndTheirStatesFoundOnTheGrid() {
        checkForgets(SessionLimits.standard().withKeptBytes(1), "size");
    }

    private static void checkForgets(SessionLimits limits, String prefix) {
        try (TaskSession session = session(limits)) {
            TaskFuture<Integer> first = session.submit(prefix + "-first", () -> 1);
            assertThat(first.result(Deadlines.PATIENCE)).isEqualTo(1);
            for (int i = 0; i < 4; i++) {
                session.submit(prefix + i, () -> 2).result(Deadlines.PATIENCE);
            }

            await().atMost(Deadlines.PATIENCE)
                    .untilAsserted(() -> assertThat(session.submit(prefix + "-first", () -> 3))
                            .isNotSameAs(first));
            assertThat(session.submit(prefix + "-first", () -> 3).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
        }
    }
}
