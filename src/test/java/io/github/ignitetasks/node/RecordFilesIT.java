package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.OtherUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.ignite.configuration.DeploymentMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that only their owner can read the records that a grid node keeps on disk. */
final class RecordFilesIT {
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    @TempDir
    private Path folder;

    @Test
    void ownerAloneCanReadTheRecordsOfANode() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path store = folder.resolve("store");
        try (NodeProcess node = NodeProcess.ofStore(store, file(), List.of(), "--activate=1")) {
            node.awaitJoined();
            assertThat(permissions(store)).doesNotContainAnyElementsOf(OF_OTHERS);
            try (TaskSession session = session(node)) {
                assertThat(session.submit("key", () -> "result").result(Deadlines.PATIENCE))
                        .isEqualTo("result");
                await().atMost(Deadlines.PATIENCE).until(() -> openToOthers(store), List::isEmpty);
            }
            assertThat(store).isDirectoryRecursivelyContaining("glob:**/part-*.bin");
            if (OtherUser.isPossible()) {
                assertThat(OtherUser.run("ls", folder.toString())).contains("store");
                assertThat(OtherUser.run("ls", store.toString())).contains("Permission denied");
            }
        }
    }

    /** Returns a copy of the node's file that needs less disk space. */
    private Path file() throws IOException {
        String text = Files.readString(Path.of("config", "grid-node.xml"))
                .replace("134217728", "4194304")
                .replace("536870912", "33554432");
        return Files.writeString(folder.resolve("node.xml"), text);
    }

    private static List<Path> openToOthers(Path store) throws IOException {
        try (Stream<Path> all = Files.walk(store)) {
            return all.filter(path -> !Collections.disjoint(permissions(path), OF_OTHERS))
                    .toList();
        }
    }

    private static Set<PosixFilePermission> permissions(Path path) {
        try {
            return Files.getPosixFilePermissions(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TaskSession session(NodeProcess node) {
        IgniteTaskRunner runner = IgniteTaskRunner.builder()
                .address(node.address())
                .clientConfiguration(client -> client.setPeerClassLoadingEnabled(true)
                        .setDeploymentMode(DeploymentMode.ISOLATED)) // same as in the file, so that it joins at once
                .build();
        return Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .ignoreExceptionsInstanceOf(IllegalStateException.class) // until the grid is active
                .until(runner::start, started -> true);
    }
}
