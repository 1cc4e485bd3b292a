package io.github.ignitetasks.ignite;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.KeyActivity;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.ObservingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what an observer of a session sees of the nodes of a cluster. */
final class NodeReportIT {
    private final ObservingListener observer = new ObservingListener();

    @TempDir
    private Path folder;

    private Cluster cluster;
    private TaskSession session;
    private Gate gate;

    @BeforeEach
    void start() {
        gate = Gate.in(folder);
        cluster = LocalCluster.builder().nodes(2).slotsPerNode(2).build().start();
        session = IgniteTaskRunner.builder()
                .cluster(cluster)
                .listener(observer)
                .build()
                .start();
    }

    @AfterEach
    void close() {
        gate.open();
        session.close(PATIENCE);
        cluster.close();
    }

    private static int waitFor(Gate gate) throws InterruptedException {
        TaskContext.current().orElseThrow().progress(3, 10);
        gate.pass();
        return 7;
    }

    private void awaitPhase(String key, ActiveCall.Phase phase) {
        await().atMost(PATIENCE)
                .until(() -> observer.call(key).map(ActiveCall::phase).equals(Optional.of(phase)));
    }

    @Test
    void callsAreSeenInTheirPhases() {
        Gate go = gate;
        CallOptions limited = CallOptions.none().withName("limited").limit("one", 1);
        TaskFuture<Integer> running = session.submit("running", () -> waitFor(go), limited);
        awaitPhase("running", ActiveCall.Phase.RUNNING);
        TaskFuture<Integer> heldUp = session.submit("held-up", () -> 8, limited);
        TaskFuture<Integer> waiting = session.submit(
                "waiting",
                () -> TaskContext.current()
                        .orElseThrow()
                        .submit("inner", () -> waitFor(go))
                        .result());
        TaskFuture<Integer> retried = session.submit(
                "retried",
                () -> {
                    throw new IllegalStateException("no luck");
                },
                CallOptions.none().withRetries(1, Duration.ofHours(1)));

        awaitPhase("held-up", ActiveCall.Phase.HELD_UP);
        awaitPhase("waiting", ActiveCall.Phase.WAITING);
        awaitPhase("retried", ActiveCall.Phase.RETRYING);
        assertThat(observer.call("waiting").orElseThrow().waitsFor()).contains("task 'inner'");
        ActiveCall queued = observer.call("held-up").orElseThrow();
        assertThat(queued.waitsFor()).contains("limit 'one'");
        assertThat(queued.elapsed()).isPositive();
        assertThat(observer.call("held-up").orElseThrow().elapsed()).isGreaterThan(queued.elapsed());
        assertThat(observer.call("running").orElseThrow().name()).contains("limited");
        assertThat(observer.call("running").orElseThrow().attempt()).isEqualTo(1);
        await().atMost(PATIENCE)
                .until(() -> observer.call("running")
                        .flatMap(ActiveCall::progress)
                        .map(TaskProgress::describe)
                        .equals(Optional.of("3 of 10")));
        retried.cancel();
        go.open();
        assertThat(running.result(PATIENCE)).isEqualTo(7);
        assertThat(heldUp.result(PATIENCE)).isEqualTo(8);
        assertThat(waiting.result(PATIENCE)).isEqualTo(7);
    }

    @Test
    void activityOfAKeyTellsItsPhaseItsNodeAndWhatItWaitsFor() {
        Gate go = gate;
        TaskFuture<Integer> running = session.submit("running", () -> waitFor(go));
        TaskFuture<Integer> next = session.submit("next", () -> running.result() + 1);

        await().atMost(PATIENCE)
                .until(() -> observer.session()
                        .activity("running")
                        .flatMap(KeyActivity::node)
                        .isPresent());
        KeyActivity activity = observer.session().activity("running").orElseThrow();
        assertThat(activity.phase()).isEqualTo("running");
        assertThat(activity.attempt()).isEqualTo(1);
        assertThat(nodes()).contains(activity.node().orElseThrow());
        assertThat(observer.session().activity("next")).contains(KeyActivity.WAITING_FOR_UPSTREAMS);
        assertThat(observer.session().activity("unknown")).isEmpty();
        go.open();
        assertThat(next.result(PATIENCE)).isEqualTo(8);
    }

    @Test
    void taskThatRunsHasAStackAndOneThatDoesNotHasNone() {
        Gate go = gate;
        TaskFuture<Integer> running = session.submit("running", () -> waitFor(go));

        await().atMost(PATIENCE)
                .until(() -> observer.session()
                        .stackOf("running")
                        .filter(stack -> stack.contains("NodeReportIT.waitFor"))
                        .isPresent());
        assertThat(observer.session().stackOf("unknown")).isEmpty();
        go.open();
        assertThat(running.result(PATIENCE)).isEqualTo(7);
    }

    @Test
    void nodeThatIsKilledVanishes() {
        TaskFuture<Long> pid =
                session.submit("pid", () -> ProcessHandle.current().pid());
        long killed = pid.result(PATIENCE);
        List<String> before = nodes();

        assertThat(before).hasSize(2);
        assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly()).isTrue();

        await().atMost(PATIENCE)
                .until(() -> nodes().stream().filter(before::contains).count() == 1);
    }

    private List<String> nodes() {
        return observer.session().snapshot().nodes().stream()
                .map(NodeReport::node)
                .toList();
    }
}
