package io.github.ignitetasks.ignite;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.State.Failed.Reason;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.support.Gate;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests of tasks that harm their node, which must survive. The node is a process with a small heap and one slot. */
@TestInstance(Lifecycle.PER_CLASS)
final class PoisonIT {
    private static final CallOptions BRIEF = CallOptions.none().withTimeout(Duration.ofMillis(200));

    private Cluster cluster;
    private TaskSession session;
    private String node;

    @BeforeAll
    void start() {
        cluster = LocalCluster.builder()
                .nodes(1)
                .slotsPerNode(1)
                .memoryPerNode(512L << 20)
                .build()
                .start();
        session = IgniteTaskRunner.builder().cluster(cluster).build().start();
        node = process("process");
    }

    @AfterAll
    void close() {
        session.close(Deadlines.PATIENCE);
        cluster.close();
    }

    @AfterEach
    void nodeAndItsSlotAreThereStill() {
        assertThat(process("after")).isEqualTo(node);
    }

    @Test
    void outOfMemoryErrorThatIsThrownIsFailed() {
        assertFailedBy(OutOfMemoryError.class, () -> {
            throw new OutOfMemoryError("on purpose");
        });
    }

    @Test
    void taskThatTakesAllOfTheHeapIsFailed() {
        assertFailedBy(OutOfMemoryError.class, () -> {
            List<byte[]> all = new ArrayList<>();
            while (all.size() < 1_000) {
                all.add(new byte[32 << 20]);
            }
            return all.size();
        });
    }

    @Test
    void taskThatOverflowsTheStackIsFailed() {
        assertFailedBy(StackOverflowError.class, () -> deeper(0));
    }

    @Test
    void threadThatThrowsIsNoStateOfItsTask() {
        State<String> state = end("thread", () -> {
            Thread thread = new Thread(() -> {
                throw new IllegalStateException("on purpose");
            });
            thread.start();
            thread.join();
            return "ended";
        });

        assertThat(state.result()).isEqualTo("ended");
    }

    @Test
    void taskThatReturnsItselfIsCompleted() {
        assertThat(end("self", new Self()).result()).isInstanceOf(Self.class);
    }

    @Test
    void resultOverTheLimitIsCrashedNamingItsSizeTheLimitAndTheRemedy() {
        State<byte[]> state = end("large", () -> new byte[100 << 20]);

        assertThat(state.type()).isEqualTo(StateType.CRASHED);
        assertThat(state.describe())
                .contains("its result cannot be carried", "100 MB", "over the limit of 64 MB", "store it elsewhere");
    }

    @Test
    void callOverTheLimitIsRefusedNamingItsSize() {
        byte[] captured = new byte[65 << 20];

        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.submit("captures", () -> captured.length))
                .withMessageContaining("call of task 'captures'")
                .withMessageContaining("65 MB")
                .withMessageContaining("over the limit of 64 MB");
    }

    @Test
    void taskThatIgnoresInterruptsTimesOutAndLeavesItsSlot(@TempDir Path folder) {
        Gate gate = Gate.in(folder);
        State<Integer> state = session.submit(
                        "deaf",
                        () -> {
                            gate.passUninterruptibly();
                            return 1;
                        },
                        BRIEF)
                .await(Deadlines.PATIENCE)
                .orElseThrow();

        assertTimedOut(state);
        assertThat(process("meanwhile")).isEqualTo(node);
        gate.open();
    }

    @Test
    void tasksThatWaitForAStaticInitializerTimeOutAndLeaveTheirSlots(@TempDir Path folder) {
        Gate gate = Gate.in(folder);
        TaskFuture<Integer> first = session.submit("first", new UsesStuck(gate), BRIEF);
        TaskFuture<Integer> second = session.submit("second", new UsesStuck(gate), BRIEF);

        assertTimedOut(first.await(Deadlines.PATIENCE).orElseThrow());
        assertTimedOut(second.await(Deadlines.PATIENCE).orElseThrow());
        assertThat(process("besides")).isEqualTo(node);
        gate.open();
    }

    private void assertFailedBy(Class<? extends Throwable> type, TaskCall<Integer> call) {
        State<Integer> state = end(type.getSimpleName(), call);

        assertThat(state.type()).isEqualTo(StateType.FAILED);
        assertThat(state.failure())
                .hasValueSatisfying(failure -> assertThat(failure.type()).isEqualTo(type.getName()));
    }

    private static void assertTimedOut(State<Integer> state) {
        assertThat(state)
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.TIMED_OUT));
    }

    private <R> State<R> end(String name, TaskCall<R> call) {
        return session.submit(name + "-" + System.nanoTime(), call)
                .await(Deadlines.PATIENCE)
                .orElseThrow();
    }

    private String process(String name) {
        return end(name, () -> String.valueOf(ProcessHandle.current().pid())).result();
    }

    private static int deeper(int level) {
        return level < 0 ? level : deeper(level + 1) + level; // the stack overflows long before the int does
    }

    /** A task that returns itself. */
    private static final class Self implements TaskCall<TaskCall<?>> {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public TaskCall<?> call() {
            return this;
        }
    }

    /** Uses a class whose static initializer does not end. */
    private record UsesStuck(Gate gate) implements TaskCall<Integer> {
        private static @Nullable Gate current;

        @Override
        public Integer call() {
            current = gate;
            return Stuck.NUMBER;
        }
    }

    private static final class Stuck {
        static final Integer NUMBER;

        static {
            requireNonNull(UsesStuck.current).passUninterruptibly();
            NUMBER = 1;
        }
    }
}
