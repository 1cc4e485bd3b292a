package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.client.GridBackend;
import io.github.ignitetasks.internal.client.Watchdog;
import io.github.ignitetasks.internal.connect.OpenGrid;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.events.TaskLabel;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.worker.SessionSettings;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a session's reports about calls that do not end. */
final class NoProgressIT {
    private static final Duration SOON = Duration.ofMillis(200);

    /** Longer than the time from one report of progress to the next, on a slow machine too. */
    private static final Duration PATIENT = Duration.ofSeconds(4);

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

    @Test
    void taskThatTellsItsProgressFromAnotherProcessIsReportedOnlyOnceItStopsTelling() throws Exception {
        Gate quiet = new Gate(folder.resolve("quiet").toFile());
        Gate go = Gate.in(folder);
        List<String> told = new CopyOnWriteArrayList<>();
        EventStream events = new EventStream();
        events.add(new TaskEvents() {
            @Override
            public void progress(TaskLabel task, String node, int attempt, TaskProgress progress) {
                told.add(task.key() + " on " + node + ", attempt " + attempt + ": " + progress.describe());
            }
        });
        try (Cluster cluster = LocalCluster.builder().nodes(2).build().start();
                TaskSession other =
                        IgniteTaskRunner.builder().cluster(cluster).build().start();
                CapturedLog log = CapturedLog.of(Watchdog.class)) {
            OpenGrid open = new OpenGrid(client(), "a cluster", false, false, Optional.empty(), () -> {});
            SessionSettings settings = new SessionSettings(2, CallOptions.FOREVER, 64 << 10);
            GridBackend backend = new GridBackend("watched", open, settings, PATIENT, events);
            try (TaskSession session = new KeyedSession("watched", backend, events, SessionLimits.standard())) {
                TaskCall<Integer> silent = () -> {
                    go.pass();
                    return 1;
                };
                TaskCall<Integer> telling = () -> {
                    TaskContext context = TaskContext.current().orElseThrow();
                    quiet.passAnd(() -> context.progress(7, 10));
                    go.pass();
                    return 2;
                };
                TaskFuture<Integer> first = session.submit("telling", telling);
                Awaitility.await()
                        .atMost(Deadlines.PATIENCE)
                        .until(() -> first.progress().isPresent());
                TaskFuture<Integer> later = other.submit("telling", telling);
                TaskFuture<Integer> second = session.submit("silent", silent);

                awaitText(log, "'silent' since 20");
                assertThat(log.messages()).noneMatch(message -> message.contains("'telling'"));
                Awaitility.await()
                        .atMost(Deadlines.PATIENCE)
                        .until(() -> later.progress()
                                .filter(progress -> progress.describe().equals("7 of 10"))
                                .isPresent());
                quiet.open();
                awaitText(log, "Z (7 of 10 at 20");
                go.open();
                assertThat(TaskFuture.all(List.of(first, second)).result(Deadlines.PATIENCE))
                        .containsExactly(2, 1);
                assertThat(first.progress()).isEmpty();
                String node = first.state().orElseThrow().node();
                assertThat(told).hasSizeGreaterThan(2).containsOnly("telling on " + node + ", attempt 1: 7 of 10");
                assertThat(later.result(Deadlines.PATIENCE)).isEqualTo(2);
            }
        }
    }

    /** Returns the client node of this JVM. */
    private static Ignite client() {
        return Ignition.allGrids().stream()
                .filter(node -> node.cluster().localNode().isClient())
                .findAny()
                .orElseThrow();
    }

    private static void awaitText(CapturedLog log, String text) {
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(() -> log.messages().stream().anyMatch(message -> message.contains(text)));
    }
}
