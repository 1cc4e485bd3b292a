package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.client.GridBackend;
import io.github.ignitetasks.internal.client.Watchdog;
import io.github.ignitetasks.internal.connect.OpenGrid;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.worker.SessionSettings;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a session's reports about calls that do not end. */
final class NoProgressIT {
    private static final Duration SOON = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    @Test
    void tasksThatDoNotEndAreReportedByKeyNodeAndTimeAndSoIsWhatWaitsForThem() {
        Gate go = Gate.in(folder);
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 1);
                CapturedLog log = CapturedLog.of(Watchdog.class)) {
            OpenGrid open = new OpenGrid(grid.node(0), "a grid", false, false, Optional.empty(), () -> {});
            String node = grid.node(0).cluster().localNode().consistentId().toString();
            EventStream events = new EventStream();
            SessionSettings settings = new SessionSettings(1, CallOptions.FOREVER, 64 << 10);
            GridBackend backend = new GridBackend("slow", open, settings, SOON, events);
            try (TaskSession session = new KeyedSession("slow", backend, events, SessionLimits.standard())) {
                List<TaskFuture<Integer>> all = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    int number = i;
                    all.add(session.submit("stands-" + i, () -> {
                        go.pass();
                        return number;
                    }));
                }

                awaitText(log, "were sent to node " + node + " and have not ended: 'stands-0' since 20");
                awaitText(log, "wait for node " + node + ", from which nothing has come since then: 'stands-");
                go.open();
                assertThat(TaskFuture.all(all).result(Deadlines.PATIENCE)).hasSize(10);
            }
        }
    }

    private static void awaitText(CapturedLog log, String text) {
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(() -> log.messages().stream().anyMatch(message -> message.contains(text)));
    }
}
