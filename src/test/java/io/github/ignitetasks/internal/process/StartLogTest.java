package io.github.ignitetasks.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.support.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StartLogTest {
    private final CapturedLog log = CapturedLog.of(StartLog.class);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void startSaysWhatStartsAndThenEachNodeThatHasJoined() {
        StartLog start = StartLog.begin(2, 0, "in this JVM");
        start.joined("127.0.0.1:1");
        start.joined("127.0.0.1:2");

        assertThat(log.messages())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("starting a local cluster of 2 nodes, in this JVM"),
                        line -> assertThat(line).matches("node 127.0.0.1:1 has joined, 1 of 2, after [0-9.]+ s"),
                        line -> assertThat(line).matches("node 127.0.0.1:2 has joined, 2 of 2, after [0-9.]+ s"));
    }

    @Test
    void clusterThatGrowsSaysByHowManyNodes() {
        StartLog.begin(1, 3, "in this JVM");

        assertThat(log.messages()).containsExactly("starting 1 more node of the local cluster, in this JVM; it has 3");
    }

    @Test
    void startThatIsRepeatedCountsAnew() {
        StartLog start = StartLog.begin(2, 0, "in this JVM");
        start.joined("127.0.0.1:1");
        start.again();
        start.joined("127.0.0.1:3");

        assertThat(log.messages().get(2)).contains("starting with other ports");
        assertThat(log.messages().get(3)).startsWith("node 127.0.0.1:3 has joined, 1 of 2, ");
    }

    @Test
    void startOfManyNodesHasTwentyLines() {
        StartLog start = StartLog.begin(1_000, 0, "in this JVM");
        for (int i = 0; i < 1_000; i++) {
            start.joined("127.0.0.1:" + i);
        }

        assertThat(log.messages()).hasSize(1 + 20);
        assertThat(log.messages().get(20)).contains("1000 of 1000");
    }
}
