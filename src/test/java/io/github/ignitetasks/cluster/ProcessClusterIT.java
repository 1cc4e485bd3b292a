package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessClusterIT {
    private static final int CALLS = 20;

    @Test
    void callsRunInEachOfTheProcessesWhichEndWhenTheClusterIsClosed() {
        List<Long> pids;
        try (Cluster cluster = LocalCluster.builder().nodes(2).build().start();
                TaskSession session =
                        IgniteTaskRunner.builder().cluster(cluster).build().start()) {
            pids = pids(session);

            assertThat(pids).hasSize(2).doesNotContain(ProcessHandle.current().pid());
            assertThat(cluster.nodes()).isEqualTo(2);
        }
        assertThat(pids).noneMatch(ProcessClusterIT::isAlive);
    }

    private static List<Long> pids(TaskSession session) {
        List<TaskFuture<Long>> futures = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            futures.add(session.submit("pid-" + i, () -> ProcessHandle.current().pid()));
        }
        return TaskFuture.all(futures).result(Deadlines.PATIENCE).stream()
                .distinct()
                .toList();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
