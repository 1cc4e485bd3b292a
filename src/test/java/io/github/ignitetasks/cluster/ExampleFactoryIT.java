package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.nio.file.Path;
import java.util.Map;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests an example of a cluster factory, like one that a provider of nodes writes. */
final class ExampleFactoryIT {
    @TempDir
    private static Path folder;

    @Test
    void callsRunOnTheNodesOfTheProviderWhichEndWithTheSession() {
        try (TaskSession session = IgniteTaskRunner.builder()
                .clusterFactory(new Provider())
                .clusterOptions(Map.of("nodes", "2"))
                .build()
                .start()) {
            assertThat(Ignition.allGrids()).hasSize(3); // two servers and the client
            assertThat(session.submit("square-7", () -> 49).result()).isEqualTo(49);
        }
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void optionThatTheProviderDoesNotKnowIsRefusedByItsName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder()
                        .clusterFactory(new Provider())
                        .clusterOptions(Map.of("zone", "north"))
                        .build()
                        .start())
                .withMessage("there is no option zone");
    }

    @Test
    void nodesOfAProviderWhoseNextOneFailsAreEnded() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Provider().start(Map.of("nodes", "3")))
                .withMessage("there is no room for a third node");

        assertThat(Ignition.allGrids()).isEmpty();
    }

    /** A factory that provides up to two nodes. */
    record Provider() implements ClusterFactory {
        @Override
        public Cluster start(Map<String, String> options) {
            for (String option : options.keySet()) {
                if (!option.equals("nodes")) {
                    throw new IllegalArgumentException("there is no option " + option);
                }
            }
            Provided cluster = new Provided(TestGrid.start(folder, 0));
            try {
                cluster.scale(Integer.parseInt(options.getOrDefault("nodes", "1")));
                return cluster;
            } catch (RuntimeException e) {
                cluster.close();
                throw e;
            }
        }
    }

    private record Provided(TestGrid grid) implements Cluster {
        @Override
        public String address() {
            return grid.address();
        }

        @Override
        public int nodes() {
            return grid.size();
        }

        @Override
        public void scale(int nodes) {
            while (grid.size() < nodes) {
                if (grid.size() == 2) {
                    throw new IllegalStateException("there is no room for a third node");
                }
                grid.addNode();
            }
        }

        @Override
        public void close() {
            grid.close();
        }
    }
}
