package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.contract.OpenSessionContract;
import io.github.ignitetasks.node.NodeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of a grid node and a client that use the files under config/. Each number of slots has its own node, because
 * sessions share a node's slots.
 */
final class SpringConfiguredIT extends OpenSessionContract {
    @TempDir
    private static Path folder;

    private final Map<Integer, NodeProcess> nodes = new ConcurrentHashMap<>();

    @Override
    public TaskRunner withSlots(int slots) {
        NodeProcess node = nodes.computeIfAbsent(slots, number -> {
            NodeProcess started = NodeProcess.ofClasses();
            started.awaitJoined();
            return started;
        });
        return IgniteTaskRunner.builder()
                .springConfig(clientOf(node))
                .slots(slots)
                .build();
    }

    /** Writes the client's file with the address of the node as the default, and returns its path. */
    private static Path clientOf(NodeProcess node) {
        try {
            String client =
                    Files.readString(Path.of("config", "client.xml")).replace("127.0.0.1:47500", node.address());
            return Files.writeString(folder.resolve(node.address().replace(':', '-') + ".xml"), client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean sharesKeysBetweenSessions() {
        return true;
    }

    /** This client takes seconds to start and close, so the tests of other runners cover how sessions close. */
    @Test
    void clientOfTheFileEndsWithItsSession() {
        List<Ignite> before = Ignition.allGrids();
        runner().start().close();

        assertThat(Ignition.allGrids()).hasSameSizeAs(before);
    }

    @Override
    protected void closeGrids() {
        nodes.values().forEach(NodeProcess::close);
    }
}
