package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.internal.process.LocalNode;
import io.github.ignitetasks.internal.process.NodeLauncher;
import io.github.ignitetasks.internal.process.ReplacementDelays;
import io.github.ignitetasks.support.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tests how a local cluster handles nodes that fail. */
final class RunningLocalClusterTest {
    private static final String GIVEN_UP = "nodes died too often, the last 6 times in a row: none is replaced any more";

    private final Launcher launcher = new Launcher();

    @Test
    void clusterThatFailsWhileStartingIsTornDownWhole() {
        launcher.failures.set(1);

        assertThatIllegalStateException()
                .isThrownBy(() -> RunningLocalCluster.start(2, launcher))
                .withMessage("no such luck");

        assertThat(launcher.closed).isTrue();
    }

    @Test
    void nodeThatDiesIsReplacedByOneThatKnowsThoseThatLive() throws InterruptedException {
        try (Cluster cluster = RunningLocalCluster.start(2, launcher)) {
            assertThat(launcher.next()).isEmpty();
            assertThat(cluster.address()).isEqualTo("node1,node2");

            launcher.nodes.get(0).die();

            assertThat(launcher.next()).containsExactly("node2");
        }
    }

    @Test
    void replacementThatFailsIsTriedAgain() throws InterruptedException {
        try (Cluster cluster = RunningLocalCluster.start(1, launcher, withoutDelay())) {
            launcher.next();
            launcher.failures.set(1);

            launcher.nodes.get(0).die();

            launcher.next();
            launcher.next();
            assertThat(launcher.failures).hasValue(0);
            cluster.scale(2);
            assertThat(cluster.address()).isEqualTo("node2,node3");
        }
    }

    @Test
    void nodesThatDieSixTimesInARowAreNotReplacedAnyMore() throws InterruptedException {
        try (CapturedLog log = CapturedLog.of(RunningLocalCluster.class);
                Cluster cluster = RunningLocalCluster.start(1, launcher, withoutDelay())) {
            launcher.next();
            launcher.failures.set(Integer.MAX_VALUE);

            launcher.nodes.get(0).die();

            for (int i = 0; i < 6; i++) {
                launcher.next();
            }
            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .until(() -> log.messages().contains(GIVEN_UP));
            assertThat(launcher.launches).isEmpty();
            assertThat(cluster.nodes()).isZero();
        }
    }

    @Test
    void youngestNodesAreRetiredAndNotReplaced() {
        try (Cluster cluster = RunningLocalCluster.start(3, launcher)) {
            cluster.scale(1);

            assertThat(cluster.address()).isEqualTo("node1");
            assertThat(launcher.nodes).extracting(Node::isAlive).containsExactly(true, false, false);
        }
    }

    @Test
    void numberOfNodesThatIsNotPositiveIsRefused() {
        try (Cluster cluster = RunningLocalCluster.start(1, launcher)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cluster.scale(0))
                    .withMessage("nodes must be 1 or more, but is 0");
        }
    }

    @Test
    void sizeIsNotChangedByAThreadThatIsInterruptedBefore() {
        try (Cluster cluster = RunningLocalCluster.start(1, launcher)) {
            Thread.currentThread().interrupt();

            assertThatIllegalStateException()
                    .isThrownBy(() -> cluster.scale(2))
                    .withMessage("interrupted before the cluster's size was changed");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(cluster.nodes()).isEqualTo(1);
        }
    }

    private static ReplacementDelays withoutDelay() {
        return new ReplacementDelays(Duration.ZERO, System::nanoTime);
    }

    /** A launcher that starts no processes. */
    private static final class Launcher implements NodeLauncher {
        private final List<Node> nodes = new ArrayList<>();
        private final BlockingQueue<List<String>> launches = new LinkedBlockingQueue<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public synchronized List<LocalNode> launch(int count, List<String> addresses, Consumer<LocalNode> onDeath) {
            launches.add(addresses);
            if (failures.get() > 0) {
                failures.decrementAndGet();
                throw new IllegalStateException("no such luck");
            }
            List<LocalNode> launched = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Node node = new Node("node" + (nodes.size() + 1), onDeath, new AtomicBoolean(true));
                nodes.add(node);
                launched.add(node);
            }
            return launched;
        }

        /** Waits for the next launch, and returns the addresses that the launcher was given. */
        List<String> next() throws InterruptedException {
            List<String> addresses = launches.poll(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(addresses).isNotNull();
            return addresses == null ? List.of() : addresses;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private record Node(String address, Consumer<LocalNode> onDeath, AtomicBoolean alive) implements LocalNode {
        void die() {
            alive.set(false);
            onDeath.accept(this);
        }

        @Override
        public Optional<Ignite> ignite() {
            return Optional.empty();
        }

        @Override
        public boolean isAlive() {
            return alive.get();
        }

        @Override
        public void retire() {
            die();
        }
    }
}
