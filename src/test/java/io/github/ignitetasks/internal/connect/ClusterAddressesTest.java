package io.github.ignitetasks.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.cluster.Cluster;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class ClusterAddressesTest {
    private volatile Supplier<String> answer = () -> "host:1,host:2";

    @Test
    void clusterIsAskedEachTime() {
        try (ClusterAddresses addresses = new ClusterAddresses(cluster())) {
            assertThat(addresses.get()).containsExactly("host:1", "host:2");

            answer = () -> "host:3";

            assertThat(addresses.get()).containsExactly("host:3");
        }
    }

    @Test
    void lastAnswerHoldsWhileTheClusterThrows() {
        try (ClusterAddresses addresses = new ClusterAddresses(cluster())) {
            answer = () -> {
                throw new IllegalStateException("no node now");
            };
            assertThat(addresses.get()).containsExactly("host:1", "host:2");
            answer = () -> {
                throw new AssertionError("on purpose");
            };
            assertThat(addresses.get()).containsExactly("host:1", "host:2");

            answer = () -> "host:3";

            assertThat(addresses.get()).containsExactly("host:3");
        }
    }

    @Test
    void lastAnswerHoldsWhileTheClusterIsSlow() {
        CountDownLatch go = new CountDownLatch(1);
        try (ClusterAddresses addresses = new ClusterAddresses(cluster())) {
            answer = () -> {
                pass(go);
                return "host:3";
            };
            assertThat(addresses.get()).containsExactly("host:1", "host:2");

            go.countDown();

            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .untilAsserted(() -> assertThat(addresses.get()).containsExactly("host:3"));
        }
    }

    @Test
    void questionThatHasNoAnswerEndsWhenItIsClosed() {
        CountDownLatch interrupted = new CountDownLatch(1);
        ClusterAddresses addresses = new ClusterAddresses(cluster());
        answer = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "late";
        };
        assertThat(addresses.get()).containsExactly("host:1", "host:2");

        addresses.close();

        pass(interrupted);
        assertThat(addresses.get()).containsExactly("host:1", "host:2");
    }

    @Test
    void clusterThatHasNoNodeAtFirstIsRefused() {
        answer = () -> {
            throw new IllegalStateException("no node now");
        };

        assertThatIllegalStateException()
                .isThrownBy(() -> new ClusterAddresses(cluster()))
                .withMessage("no node now");
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Cluster cluster() {
        return new Cluster() {
            @Override
            public String address() {
                return answer.get();
            }

            @Override
            public int nodes() {
                return 1;
            }

            @Override
            public void scale(int nodes) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                // there is nothing to close
            }
        };
    }
}
