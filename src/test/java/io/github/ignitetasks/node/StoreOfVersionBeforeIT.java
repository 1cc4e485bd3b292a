package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.RunLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a grid that starts on the disk of a node of an earlier version of this library ({@link StoreArchiveMain}). */
final class StoreOfVersionBeforeIT {
    @TempDir
    private Path folder;

    @Test
    void recordsOfAnEarlierVersionAreFoundUnderTheirKeysAndCanBeReleased() throws IOException {
        unpack("store-of-records-1.zip", folder.resolve("store"));
        try (NodeProcess node = StoredGrid.start(folder)) {
            node.awaitJoined();
            try (TaskSession session = StoredGrid.session(node)) {
                StoredGrid.RESULTS.forEach((key, result) -> {
                    assertThat(session.status(key)).as(key).isEqualTo(KeyStatus.COMPLETED);
                    assertThat(submit(session, key).result()).as(key).isEqualTo(result);
                });
                StoredGrid.OTHER_STATES.forEach((key, check) -> {
                    assertThat(session.status(key)).as(key).isEqualTo(KeyStatus.NOT_COMPLETED);
                    check.accept(submit(session, key));
                });
                assertThat(session.status("another key")).isEqualTo(KeyStatus.UNKNOWN);
                assertThat(RunLog.in(folder).file()).doesNotExist();

                assertThat(session.release("a number")).isTrue();
                assertThat(submit(session, "a number").result()).isEqualTo("ran again");
            }
        }
        assertThat(RunLog.in(folder).runs()).containsOnlyKeys("a number");
    }

    private State<Object> submit(TaskSession session, String key) {
        RunLog log = RunLog.in(folder);
        return session.<Object>submit(key, () -> {
                    log.add(key);
                    return "ran again";
                })
                .await(Deadlines.PATIENCE)
                .orElseThrow();
    }

    private static void unpack(String archive, Path store) throws IOException {
        try (InputStream file =
                        Objects.requireNonNull(StoreOfVersionBeforeIT.class.getResourceAsStream(archive), archive);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = store.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.copy(zip, target);
            }
        }
    }
}
