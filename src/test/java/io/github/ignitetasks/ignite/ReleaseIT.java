package io.github.ignitetasks.ignite;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.ResultUnavailableException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.support.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests of keys that one of two sessions releases. Both sessions are clients of a grid of two servers. */
@TestInstance(Lifecycle.PER_CLASS)
final class ReleaseIT {
    private static final int LARGE = 1 << 20;

    private final Path folder;
    private final TestGrid grid;
    private final Ignite client;
    private final Records records;
    private TaskSession one;
    private TaskSession other;

    ReleaseIT(@TempDir Path folder) {
        this.folder = folder;
        this.grid = TestGrid.start(folder.resolve("grid"), 2);
        this.client = grid.addNode(configuration -> configuration.setClientMode(true));
        this.records = Records.of(client);
    }

    @BeforeEach
    void start() {
        one = session(Duration.ofHours(1));
        other = session(Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @AfterAll
    void closeGrid() {
        grid.close();
    }

    @Test
    void keyThatOneSessionReleasedRunsAnewForBothAndOnlyOnce() {
        TaskFuture<Integer> mine = one.submit("shared", () -> 1);
        mine.result(Deadlines.PATIENCE);
        TaskFuture<Integer> theirs = other.submit("shared", () -> -1);
        theirs.result(Deadlines.PATIENCE);

        assertThat(mine.release()).isTrue();
        State<Integer> anew = end(one.submit("shared", () -> 2));
        assertThat(anew.result()).isEqualTo(2);
        assertThat(other.submit("shared", () -> -2)).as("it keeps what it has").isSameAs(theirs);

        assertThat(theirs.release()).isTrue();
        assertThat(end(other.submit("shared", () -> 3)))
                .as("the record of the run that came after was not removed")
                .isEqualTo(anew);
    }

    @Test
    void keyThatWasNotSubmittedHereIsReleasedAllTheSame() {
        end(one.submit("foreign", () -> 1));

        assertThat(other.release("foreign")).isTrue();

        assertThat(records.get("foreign").get()).isNull();
        assertThat(other.release("foreign")).isFalse();
        assertThat(other.submit("foreign", () -> 2).result(Deadlines.PATIENCE)).isEqualTo(2);
    }

    @Test
    void claimIsNeitherReleasedNorExpires() {
        ClaimRecord claim = ClaimRecord.of(grid.node(0).cluster().localNode().id(), List.of());
        assertThat(records.claim("claimed", claim).get()).isNull();

        assertThat(one.release("claimed")).isFalse();

        try (TaskSession brief = session(Duration.ofSeconds(1))) {
            end(brief.submit("brief", () -> 1));
            await().atMost(Deadlines.PATIENCE).until(() -> records.get("brief").get() == null);
        }
        assertThat(records.get("claimed").get()).isEqualTo(claim.bytes());
    }

    @Test
    void manyAreReleasedInOneGo() {
        List<TaskFuture<Integer>> futures = IntStream.range(0, 3_000)
                .mapToObj(number -> one.submit("many-" + number, () -> number))
                .toList();
        TaskFuture<List<Integer>> all = TaskFuture.all(futures);
        all.result(Deadlines.PATIENCE);

        assertThat(all.release()).isTrue();

        assertThat(records.read(futures.stream().map(TaskFuture::key).collect(toSet())))
                .isEmpty();
    }

    @Test
    void upstreamThatAnotherSessionReleasedIsPutBackForACallThatWaits() {
        Gate gate = Gate.in(folder);
        TaskFuture<Integer> early = one.submit("early", () -> 1);
        end(early);
        TaskFuture<Integer> late = one.submit("late", () -> {
            gate.pass();
            return 2;
        });
        TaskFuture<Integer> both = one.submit("both", () -> early.result() + late.result());

        assertThat(other.release("early")).isTrue();
        gate.open();

        assertThat(both.result(Deadlines.PATIENCE)).isEqualTo(3);
        assertThat(early.release()).as("it is there again").isTrue();
        assertThat(records.get("early").get()).isNull();
    }

    @Test
    void callWhoseUpstreamWasReleasedIsNotReadyForAllSessions() {
        Gate gate = Gate.in(folder);
        TaskFuture<Integer> early = one.submit("gone", () -> 1);
        end(early);
        TaskFuture<Integer> late = one.submit("slow", () -> {
            gate.pass();
            return 2;
        });
        TaskFuture<Integer> both = one.submit("needs-gone", () -> early.result() + late.result());
        assertThat(early.release()).isTrue();
        gate.open();

        State<Integer> state = end(both);
        assertThat(state.type()).isEqualTo(StateType.NOT_READY);
        assertThat(end(other.submit("needs-gone", () -> -1))).isEqualTo(state);

        assertThat(both.release()).isTrue();
        assertThat(one.submit("needs-gone", () -> 3).result(Deadlines.PATIENCE)).isEqualTo(3);
    }

    @Test
    void largeResultThatWasReleasedCannotBeHadAnyMore() {
        TaskFuture<byte[]> large = one.submit("large", () -> new byte[LARGE]);
        await().atMost(Deadlines.PATIENCE).until(() -> large.toString().equals("large Completed"));

        assertThat(large.release()).isTrue();

        assertThatExceptionOfType(ResultUnavailableException.class)
                .isThrownBy(large::result)
                .withMessageContaining("where it was released");
        assertThat(end(one.submit("large", () -> new byte[2 * LARGE])).result()).hasSize(2 * LARGE);
        assertThatExceptionOfType(ResultUnavailableException.class)
                .as("it does not show the result of another run")
                .isThrownBy(large::result)
                .withMessageContaining("where it was released");
    }

    @Test
    void largeResultThatIsHereStays() {
        TaskFuture<byte[]> large = one.submit("fetched", () -> new byte[LARGE]);
        assertThat(end(large).result()).hasSize(LARGE);

        assertThat(large.release()).isTrue();

        assertThat(end(large).result()).hasSize(LARGE);
    }

    @Test
    void releaseThatIsInterruptedCanBeDoneAgain() {
        TaskFuture<Integer> future = one.submit("interrupted", () -> 1);
        end(future);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(TaskInterruptedException.class).isThrownBy(future::release);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(future.release()).isTrue();
        assertThat(records.get("interrupted").get()).isNull();
    }

    private TaskSession session(Duration timeToLive) {
        return IgniteTaskRunner.builder()
                .ignite(client)
                .resultTtl(timeToLive)
                .build()
                .start();
    }

    private static <R> State<R> end(TaskFuture<R> future) {
        return future.await(Deadlines.PATIENCE).orElseThrow();
    }
}
