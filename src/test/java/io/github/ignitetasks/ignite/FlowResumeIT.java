package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.FlowMain;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Identity;
import io.github.ignitetasks.support.RunLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a flow run that another process resumes, on a grid of two processes that outlive the first. */
final class FlowResumeIT {
    private static final String ALL_COMPLETED =
            "resumed: Completed; quick 3 Completed, fails-once 1 Completed, slow 1 Completed, late 1 Completed";

    @TempDir
    private static Path keys;

    private static Identity identity;
    private static Cluster cluster;

    private final UUID id = UUID.randomUUID();

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        identity = Identity.make(keys, "grid");
        cluster = LocalCluster.builder()
                .nodes(2)
                .slotsPerNode(4)
                .tls(identity.trusting(identity.keyStore()))
                .build()
                .start();
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void runOfAProcessThatWasKilledGoesOnWhereItWas() {
        beginAndKill();

        try (ChildJvm second = start(1)) {
            assertThat(second.awaitLine("count ")).isEqualTo("2");
            second.awaitLine("quick ones ended");
            Gate.in(folder).open();
            assertThat(second.awaitLine("count ")).as("of the flow's retry").isEqualTo("3");
            assertThat(second.awaitLine("report ")).isEqualTo(ALL_COMPLETED);
        }

        assertThat(runs())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("quick-0", 1L, "quick-1", 1L, "quick-2", 1L, "fails-once", 2L, "slow", 1L, "late", 1L));
        assertThat(reportOfAnotherRun()).isEqualTo(ALL_COMPLETED);
        assertThat(runs())
                .as("once all is Completed")
                .containsEntry("fails-once", 2L)
                .containsEntry("late", 1L);
    }

    @Test
    void processesThatResumeAtTheSameTimeHaveCountsOfTheirOwn() {
        beginAndKill();

        try (ChildJvm second = start(0);
                ChildJvm third = start(0)) {
            String one = second.awaitLine("count ");
            String other = third.awaitLine("count ");
            second.awaitLine("quick ones ended");
            third.awaitLine("quick ones ended");
            Gate.in(folder).open();

            assertThat(second.awaitLine("report ")).isEqualTo(ALL_COMPLETED);
            assertThat(third.awaitLine("report ")).isEqualTo(ALL_COMPLETED);
            assertThat(one + other).isIn("23", "32");
        }

        assertThat(runs()).contains(Map.entry("quick-0", 1L), Map.entry("quick-1", 1L), Map.entry("slow", 1L));
    }

    /** Starts the flow. Kills its process when the quick tasks have ended, one has failed and the slow one runs. */
    private void beginAndKill() {
        try (ChildJvm first = start(0)) {
            assertThat(first.awaitLine("count ")).isEqualTo("1");
            first.awaitLine("quick ones ended");
            first.awaitLine("failed one ended");
            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .untilAsserted(() -> assertThat(runs()).containsKey("slow"));
            first.kill();
        }
    }

    private String reportOfAnotherRun() {
        try (ChildJvm another = start(0)) {
            return another.awaitLine("report ");
        }
    }

    private ChildJvm start(int failures) {
        List<String> options = new ArrayList<>(List.of("@" + System.getProperty("jvm.opens.file")));
        identity.environmentTrusting(identity.keyStore())
                .forEach((variable, value) -> options.add("-D" + variable + "=" + value));
        return ChildJvm.start(
                options, FlowMain.class, folder.toString(), cluster.address(), id.toString(), "" + failures);
    }

    private Map<String, Long> runs() {
        return RunLog.in(folder).runs();
    }
}
