package io.github.ignitetasks.chaos;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.OnceMain;
import io.github.ignitetasks.support.RunLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests of calls that may run again only so often after the deaths of their nodes. Server processes are killed. */
@TestInstance(Lifecycle.PER_CLASS)
final class AtMostOnceIT {
    private static final int SERVERS = 3;
    private static final CallOptions ONCE = CallOptions.none().withCrashRetries(0);

    private Workers workers;
    private TaskSession session;

    @BeforeAll
    void start(@TempDir Path folder) {
        workers = new Workers(folder, SERVERS + 1, List.of());
        workers.add(SERVERS);
        session = session();
    }

    @BeforeEach
    void restore() {
        if (workers.size() < SERVERS) {
            workers.add(SERVERS - workers.size());
        }
        workers.awaitRestored();
    }

    @AfterAll
    void close() {
        session.close(PATIENCE);
        workers.close();
    }

    private TaskSession session() {
        return IgniteTaskRunner.builder()
                .address(workers.addresses())
                .clientConfiguration(SubmitterMain::configure)
                .build()
                .start();
    }

    private static void awaitRuns(RunLog log, int runs) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> log.file().exists()
                        && log.runs().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()
                                == runs);
    }

    /** Waits until a run has told its process, and returns that worker. */
    private Worker workerOf(RunLog log, int runs) {
        awaitRuns(log, runs);
        for (int i = 0; i < workers.size(); i++) {
            if (log.runs().containsKey("pid-" + workers.get(i).pid())) {
                return workers.get(i);
            }
        }
        throw new AssertionError("no worker ran it: " + log.runs());
    }

    @Test
    void callThatMustNotRunTwiceIsCrashedAfterTheDeathOfItsNode(@TempDir Path folder) {
        RunLog log = RunLog.in(folder);
        TaskFuture<Integer> once = OnceMain.submit(session, folder);
        Worker worker = workerOf(log, 1);

        workers.kill(worker);

        State<Integer> end = once.await(PATIENCE).orElseThrow();
        assertThat(end.type()).isEqualTo(StateType.CRASHED);
        assertThat(end.describe()).contains("its crashRetries of 0", "127.0.0.1:" + worker.port());
        assertThat(log.runs()).hasSize(1);
        assertThat(once.release()).isTrue();
    }

    @Test
    void callThatMustNotRunTwiceDoesNotIfItsSubmitterDiesToo(@TempDir Path folder) {
        RunLog log = RunLog.in(folder);
        try (ChildJvm submitter = ChildJvm.start(OnceMain.class, folder.toString(), workers.addresses())) {
            submitter.awaitLine("submitted");
            Worker worker = workerOf(log, 1);

            submitter.kill();
            workers.kill(worker);
        }
        Gate.in(folder).open(); // a second run would end at once

        State<Integer> end = OnceMain.submit(session, folder).await(PATIENCE).orElseThrow();

        assertThat(end.type()).isEqualTo(StateType.CRASHED);
        assertThat(log.runs()).hasSize(1).containsValue(1L);
        assertThat(session.release(OnceMain.KEY)).isTrue();
    }

    @Test
    void callsThatHadNotStartedRunElsewhere(@TempDir Path folder) {
        RunLog log = RunLog.in(folder);
        Gate gate = Gate.in(folder);
        int calls = 6 * WorkerMain.SLOTS * SERVERS;
        List<TaskFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            String key = "queued-" + folder.getFileName() + "-" + i;
            all.add(session.submit(
                    key,
                    () -> {
                        log.add(key);
                        gate.pass();
                        return 1;
                    },
                    ONCE));
        }
        int running = WorkerMain.SLOTS * SERVERS;
        awaitRuns(log, running);

        workers.kill(workers.get(0));
        gate.open();

        List<State<Integer>> ends = new ArrayList<>();
        all.forEach(each -> ends.add(each.await(PATIENCE).orElseThrow()));
        assertThat(log.runs().values()).as("runs of a call").containsOnly(1L);
        assertThat(ends).filteredOn(State::isCompleted).hasSize(calls - WorkerMain.SLOTS);
        assertThat(ends)
                .filteredOn(state -> !state.isCompleted())
                .allSatisfy(state -> assertThat(state.describe()).contains("its crashRetries of 0"));
    }

    @Test
    void callRunsAgainAsOftenAsItsCrashRetriesAllow(@TempDir Path folder) {
        RunLog log = RunLog.in(folder);
        Gate gate = Gate.in(folder);
        TaskFuture<Integer> twice = session.submit(
                "twice-" + folder.getFileName(),
                () -> {
                    log.add("pid-" + ProcessHandle.current().pid());
                    gate.pass();
                    return 1;
                },
                CallOptions.none().withCrashRetries(1));

        workers.kill(workerOf(log, 1));
        workers.kill(workerOf(log, 2));

        assertThat(twice.await(PATIENCE).orElseThrow().type()).isEqualTo(StateType.CRASHED);
        assertThat(log.runs()).hasSize(2);
    }
}
