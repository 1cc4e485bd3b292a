package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of progress that tasks tell from processes of their own. */
final class ProgressIT {
    @TempDir
    private Path folder;

    @Test
    void taskWhoseNodeDiesBeginsAnewWithoutProgress() {
        Tally runs = Tally.in(folder);
        Gate die = new Gate(folder.resolve("die").toFile());
        Gate go = Gate.in(folder);
        try (Cluster cluster = LocalCluster.builder().nodes(2).build().start();
                TaskSession session =
                        IgniteTaskRunner.builder().cluster(cluster).build().start()) {
            TaskFuture<Integer> future = session.submit("deadly", () -> {
                runs.add();
                if (runs.count() == 1) {
                    TaskContext.current().orElseThrow().progress(5, 10);
                    die.pass();
                    Runtime.getRuntime().halt(1);
                }
                go.pass();
                return runs.count();
            });
            await().atMost(Deadlines.PATIENCE)
                    .until(() -> future.progress().map(TaskProgress::describe).equals(Optional.of("5 of 10")));

            die.open();
            runs.await(2);

            assertThat(future.progress()).isEmpty();
            assertThat(future.isDone()).isFalse();
            go.open();
            assertThat(future.result(Deadlines.PATIENCE)).isEqualTo(2);
        }
    }
}
