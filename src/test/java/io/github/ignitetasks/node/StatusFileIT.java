package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ignite.configuration.DeploymentMode;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a grid node that can no longer write its status file. */
final class StatusFileIT {
    @TempDir
    private Path folder;

    @Test
    void nodeServesOnAndIsUnhealthyAsLongAsItCannotWriteAndEndsWell() throws Exception {
        Path status = folder.resolve("status");
        try (NodeProcess node = NodeProcess.ofClasses("--status-file=" + status)) {
            node.awaitJoined();
            await().atMost(Deadlines.PATIENCE).until(() -> health(status) == 0);
            try (TaskSession session = session(node)) {
                limitFiles(node, "0:");
                Files.deleteIfExists(status); // otherwise it would only grow old
                assertThat(node.jvm().awaitText("the node cannot write its status file; it goes on"))
                        .contains("File too large");
                assertThat(health(status)).isEqualTo(1);
                assertThat(session.submit("without", () -> 1).result(Deadlines.PATIENCE))
                        .isEqualTo(1);

                limitFiles(node, "unlimited:");
                assertThat(node.jvm().awaitText("the node can write its status file again"))
                        .isNotEmpty();
                assertThat(health(status)).isZero();
                assertThat(session.submit("with", () -> 2).result(Deadlines.PATIENCE))
                        .isEqualTo(2);
            }
            putFolderInPlaceOf(status);
            assertThat(node.jvm().awaitText("the node cannot write its status file; it goes on"))
                    .contains("it is a folder");
            assertThat(health(status)).isEqualTo(1);

            node.jvm().terminate();

            assertThat(node.jvm().awaitExit()).isZero();
        }
    }

    /**
     * Limits the size of the files that a process writes. With a limit of 0 the process can create files but write
     * nothing, as on a full disk.
     */
    private static void limitFiles(NodeProcess node, String limits) throws IOException, InterruptedException {
        Process command = new ProcessBuilder("prlimit", "--pid=" + node.jvm().pid(), "--fsize=" + limits)
                .inheritIO()
                .start();
        assertThat(command.waitFor()).isZero();
    }

    /** Replaces the status file by a folder. It retries, because the node may write the file between the two steps. */
    private static void putFolderInPlaceOf(Path status) {
        await().atMost(Deadlines.PATIENCE).ignoreExceptions().until(() -> {
            Files.deleteIfExists(status);
            Files.createDirectory(status);
            Files.writeString(status.resolve("file"), "");
            return true;
        });
    }

    /** Returns the exit code of the node's own check. Fails if the script for containers gives another code. */
    private static int health(Path status) throws IOException, InterruptedException {
        List<String> command = List.of(
                "-cp",
                System.getProperty("java.class.path"),
                GridNode.class.getName(),
                "--health",
                "--status-file=" + status);
        try (ChildJvm jvm = ChildJvm.start(command)) {
            int exitCode = jvm.awaitExit();
            assertThat(HealthScriptTest.Answer.of(status).exitCode()).isEqualTo(exitCode);
            return exitCode;
        }
    }

    private static TaskSession session(NodeProcess node) {
        return IgniteTaskRunner.builder()
                .address(node.address())
                .clientConfiguration(client -> {
                    client.setPeerClassLoadingEnabled(true).setDeploymentMode(DeploymentMode.ISOLATED);
                    ((TcpDiscoverySpi) client.getDiscoverySpi()).setNetworkTimeout(1_000); // it leaves a lost grid soon
                })
                .build()
                .start();
    }
}
