package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.support.ApplicationMain;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of a JVM that ends with an open session: it ends in good order, for any cause, and leaves nothing behind. */
final class EndOfJvmIT {
    private static final String NO_GRACE = "-Dignitetasks.shutdownGrace=0";

    /** A grace period longer than any test. A JVM that ends within a test has not waited until it is over. */
    private static final String LONG_GRACE = "-Dignitetasks.shutdownGrace=600";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"thread-pool", "embedded", "cluster"})
    void sessionLeftOpenAtTheEndOfMainRunsWhatItAcceptedAndLetsTheJvmEnd(String runner) {
        try (ChildJvm jvm = start(runner, "main")) {
            jvm.awaitLine("main ends");
            awaitStarted();
            Gate.in(folder).open();

            assertThat(jvm.awaitExit()).isZero();
        }
        assertThat(RunLog.in(folder).runs()).containsKeys("order", "receipt");
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void sequentialSessionLeftOpenAtTheEndOfMainLetsTheJvmEnd() {
        try (ChildJvm jvm = start("sequential", "main")) {
            awaitStarted(); // main waits inside submit until the task ends
            Gate.in(folder).open();
            jvm.awaitLine("main ends");

            assertThat(jvm.awaitExit()).isZero();
        }
        assertThat(RunLog.in(folder).runs()).containsKeys("order", "receipt");
    }

    @Test
    void sessionOnAJoinedGridLeftOpenAtTheEndOfMainRunsWhatItAcceptedAndLetsTheJvmEnd(@TempDir Path work) {
        try (TestGrid grid = TestGrid.start(work, 1);
                ChildJvm jvm = start(grid.address(), "main")) {
            jvm.awaitLine("main ends");
            awaitStarted();
            Gate.in(folder).open();

            jvm.awaitLine("receipt Completed");
            assertThat(jvm.awaitExit()).isZero();
        }
        assertThat(leftBehind()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread-pool", "embedded"})
    void hookThatClosesTheSessionWaitsForWhatRuns(String runner) {
        try (ChildJvm jvm = start(runner, "hook", NO_GRACE)) {
            awaitStarted();
            Gate.in(folder).open();

            jvm.awaitLine("hook closed");
            assertThat(jvm.awaitExit()).isZero();
        }
        assertThat(RunLog.in(folder).runs()).containsKeys("order", "receipt");
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void springContextThatIsShutDownWaitsForWhatRuns() {
        try (ChildJvm jvm = start("embedded", "spring", NO_GRACE)) {
            jvm.awaitLine("submitted");
            awaitStarted();
            jvm.terminate();
            jvm.awaitLine("context closes");
            Gate.in(folder).open();

            jvm.awaitLine("receipt Completed");
            jvm.awaitExit();
        }
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void exitGivesWhatRunsItsGracePeriod() {
        try (ChildJvm jvm = start("embedded", "exit", LONG_GRACE)) {
            awaitStarted();
            Gate.in(folder).open();

            jvm.awaitLine("receipt Completed");
            assertThat(jvm.awaitExit()).isZero();
        }
        assertThat(leftBehind()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "embedded", "cluster"})
    void interruptedJvmCancelsWhatOutlastsItsGracePeriod(String runner) {
        try (ChildJvm jvm = start(runner, "wait", NO_GRACE)) {
            jvm.awaitLine("submitted");
            awaitStarted();
            List<ProcessHandle> children = children(jvm);

            jvm.signal("INT");

            assertThat(jvm.awaitExit()).isEqualTo(130);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
        assertThat(RunLog.in(folder).runs()).doesNotContainKey("receipt");
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void signalBoundsACloseThatBeganBefore() {
        try (ChildJvm jvm = start("embedded", "close", NO_GRACE)) {
            jvm.awaitLine("submitted");
            awaitStarted();

            jvm.terminate();

            assertThat(jvm.awaitExit()).isEqualTo(143);
        }
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void stopOfAGivenIgniteByItsShutdownHookEndsItsSession() {
        try (ChildJvm jvm = start("given", "hook", LONG_GRACE)) {
            jvm.awaitLine("receipt Crashed");
            jvm.awaitLine("hook closed");
            assertThat(jvm.awaitExit()).isZero();
        }
    }

    @Test
    void stopOfAGivenIgniteMakesFuturesFinalAtOnce() {
        try (ChildJvm jvm = start("given", "wait", LONG_GRACE)) {
            jvm.awaitLine("submitted");
            awaitStarted();

            jvm.terminate();

            jvm.awaitLine("order Crashed");
            assertThat(jvm.awaitExit()).isEqualTo(143);
        }
    }

    @Test
    void taskOnAGridOutlivesTheJvmThatSubmittedIt(@TempDir Path work) {
        try (TestGrid grid = TestGrid.start(work, 1);
                ChildJvm jvm = start(grid.address(), "wait", NO_GRACE)) {
            jvm.awaitLine("submitted");
            awaitStarted();

            jvm.terminate();
            assertThat(jvm.awaitExit()).isEqualTo(143);

            try (TaskSession session =
                    IgniteTaskRunner.builder().ignite(grid.node(0)).build().start()) {
                Gate.in(folder).open();
                assertThat(session.submit("order", () -> 7).result()).isEqualTo(1);
            }
        }
        assertThat(leftBehind()).isEmpty();
    }

    private ChildJvm start(String runner, String end, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "@" + System.getProperty("jvm.opens.file"), "-Djava.io.tmpdir=" + tmp(), "-Duser.home=" + folder));
        all.addAll(List.of(options));
        return ChildJvm.start(all, ApplicationMain.class, folder.toString(), runner, end);
    }

    private Path tmp() {
        try {
            return Files.createDirectories(folder.resolve("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitStarted() {
        RunLog log = RunLog.in(folder);
        await().atMost(Deadlines.PATIENCE)
                .until(() -> log.file().exists() && log.runs().containsKey("started"));
    }

    private static List<ProcessHandle> children(ChildJvm jvm) {
        return ProcessHandle.of(jvm.pid()).orElseThrow().descendants().toList();
    }

    private List<Path> leftBehind() {
        try (Stream<Path> left = Files.list(tmp())) {
            return left.filter(file -> file.getFileName().toString().startsWith("ignite-tasks-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
