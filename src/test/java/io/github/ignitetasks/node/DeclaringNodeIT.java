package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.ignite.Ignition;
import org.apache.ignite.cluster.ClusterNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests grid nodes whose environment declares attributes and resources. */
final class DeclaringNodeIT {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("IGNITE_TASKS_ATTRIBUTES", "zone=a,rack=r7", "IGNITE_TASKS_RESOURCES", "gpu=2,license=1");

    @TempDir
    private Path folder;

    @Test
    void taskRunsOnTheNodeThatHasWhatItRequires() {
        try (NodeProcess node = NodeProcess.ofClassesIn(ENVIRONMENT);
                TaskSession session = joined(node)) {
            CallOptions required = CallOptions.none()
                    .onNodes("zone", "a")
                    .onNodes("rack", "r7")
                    .requires("gpu", 2)
                    .requires("license", 1);

            assertThat(session.submit("required", () -> ProcessHandle.current().pid(), required)
                            .result(Deadlines.PATIENCE))
                    .isEqualTo(node.jvm().pid());
        }
    }

    @Test
    void attributesOfTheFileStayUnlessTheVariablesReplaceThem() throws IOException {
        Path file = Files.writeString(
                folder.resolve("node.xml"),
                Files.readString(Path.of("config", "grid-node.xml")).replace("<map>", """
                        <map>
                            <entry key="zone" value="of the file"/>
                            <entry key="floor" value="2"/>
                            <entry key="ignitetasks.resource.gpu" value="7"/>
                            <entry key="ignitetasks.resource.disk" value="3"/>
                        """));
        try (NodeProcess node = NodeProcess.ofClassesIn(ENVIRONMENT, file.toString());
                TaskSession session = joined(node)) {
            assertThat(session).isNotNull();
            ClusterNode server =
                    Ignition.allGrids().get(0).cluster().forServers().node();

            assertThat(server.attributes())
                    .containsEntry("zone", "a")
                    .containsEntry("rack", "r7")
                    .containsEntry("floor", "2")
                    .containsEntry("ignitetasks.resource.gpu", "2")
                    .containsEntry("ignitetasks.resource.disk", "3")
                    .containsEntry("ignitetasks.resource.license", "1")
                    .containsEntry("ignitetasks.quorum", 1);
        }
    }

    @Test
    void declarationThatIsNotRightEndsTheProgramThatNamesIt() {
        try (NodeProcess node = NodeProcess.ofClassesIn(Map.of("IGNITE_TASKS_RESOURCES", "gpu=two"))) {
            assertThat(node.jvm().awaitText("IGNITE_TASKS_RESOURCES must be name=amount"))
                    .contains("but is 'gpu=two': the amount of resource 'gpu' must be a whole number from 1");
            assertThat(node.jvm().awaitExit()).isEqualTo(2);
        }
    }

    private static TaskSession joined(NodeProcess node) {
        node.awaitJoined();
        return IgniteTaskRunner.builder().address(node.address()).build().start();
    }
}
