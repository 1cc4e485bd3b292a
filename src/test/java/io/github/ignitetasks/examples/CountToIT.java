package io.github.ignitetasks.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.process.NodesInChildJvms;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.Gate;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the example {@code count-to} on two processes. The log of this JVM receives the output of the tasks. */
final class CountToIT {
    private static final int COUNT = 20;
    private static final Pattern SHOUTED = Pattern.compile("(\\S+): #(\\d+)");

    private static Cluster cluster;
    private static TaskRunner runner;

    private final CapturedLog log = CapturedLog.of(NodesInChildJvms.class.getPackageName());

    /** Starts the cluster here, not in a static initializer, because the processes initialize this class too. */
    @BeforeAll
    static void startCluster() {
        cluster = LocalCluster.builder().nodes(2).slotsPerNode(COUNT).build().start();
        runner = IgniteTaskRunner.builder().cluster(cluster).build();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @AfterAll
    static void closeCluster() {
        cluster.close();
    }

    @Test
    void eachNumberIsLoggedOnceUnderTheNameOfTheNodeThatPrintedIt() {
        assertThat(CountTo.run(List.of(Integer.toString(COUNT)), runner)).isZero();

        Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> numbers().size() >= COUNT);
        assertThat(numbers())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, COUNT).boxed().toList());
        assertThat(shouted().map(line -> line.group(1)).distinct())
                .containsExactlyInAnyOrder(cluster.address().split(",", -1));
    }

    @Test
    void numbersAreLoggedInTheOrderInWhichTheirTasksCompleteWhateverWasSubmittedFirst(@TempDir Path folder) {
        List<Gate> gates = IntStream.range(0, 6)
                .mapToObj(number -> new Gate(folder.resolve("gate" + number).toFile()))
                .toList();
        List<Integer> order = List.of(4, 0, 5, 2, 1, 3);
        try (TaskSession session = runner.start()) {
            for (int i = 0; i < gates.size(); i++) {
                int number = i;
                Gate gate = gates.get(number);
                session.submit("shout-" + number, () -> {
                    gate.pass();
                    System.out.println("#" + number);
                    return number;
                });
            }
            for (int number : order) {
                gates.get(number).open();
                Awaitility.await()
                        .atMost(Deadlines.PATIENCE)
                        .until(() -> numbers().contains(number));
            }
        }
        assertThat(numbers()).isEqualTo(order);
    }

    private List<Integer> numbers() {
        return shouted().map(line -> Integer.valueOf(line.group(2))).toList();
    }

    private Stream<MatchResult> shouted() {
        return log.messages().stream()
                .map(SHOUTED::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.toMatchResult());
    }
}
