package io.github.ignitetasks.cluster;

import io.github.ignitetasks.internal.folder.WorkFolder;
import io.github.ignitetasks.internal.node.NodeSettings;
import io.github.ignitetasks.internal.node.NodeShutdown;
import io.github.ignitetasks.internal.node.SafeNode;
import io.github.ignitetasks.support.FreePort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;

/** A grid of server nodes in this JVM. Tests can add nodes. */
public final class TestGrid implements AutoCloseable {
    private final Path work;
    private final String address;
    private final Consumer<IgniteConfiguration> customizer;
    private final List<Ignite> nodes = new ArrayList<>();

    private TestGrid(Path work, int port, Consumer<IgniteConfiguration> customizer) {
        this.work = work;
        this.address = "127.0.0.1:" + port;
        this.customizer = customizer;
    }

    /** Starts this number of nodes, which write to this folder. */
    public static TestGrid start(Path work, int nodes) {
        return start(work, nodes, configuration -> {});
    }

    /** Starts this number of nodes. {@code customizer} changes their settings first. */
    public static TestGrid start(Path work, int nodes, Consumer<IgniteConfiguration> customizer) {
        TestGrid grid = new TestGrid(work, FreePort.find(), customizer);
        for (int i = 0; i < nodes; i++) {
            grid.addNode();
        }
        return grid;
    }

    /** Starts a node at this port. {@code customizer} changes its settings first. */
    public static TestGrid startAt(int port, Path work, Consumer<IgniteConfiguration> customizer) {
        TestGrid grid = new TestGrid(work, port, customizer);
        grid.addNode();
        return grid;
    }

    /** Returns the settings of the only node of a grid. {@code customizer} changes them first. */
    public static IgniteConfiguration configuration(Path work, Consumer<IgniteConfiguration> customizer) {
        return new TestGrid(work, FreePort.find(), customizer).configuration(customizer);
    }

    /** Starts one more node. */
    public Ignite addNode() {
        return addNode(customizer);
    }

    /** Starts one more node. {@code change} changes its settings first. */
    public Ignite addNode(Consumer<IgniteConfiguration> change) {
        Ignite node = Ignition.start(configuration(change));
        nodes.add(node);
        return node;
    }

    private IgniteConfiguration configuration(Consumer<IgniteConfiguration> change) {
        int port = nodes.isEmpty() ? Integer.parseInt(address.substring(address.indexOf(':') + 1)) : FreePort.find();
        IgniteConfiguration configuration = SafeNode.server(
                SafeNode.configuration(
                        "127.0.0.1",
                        List.of(address, "127.0.0.1:" + port),
                        10_000,
                        new WorkFolder(work.resolve("node" + nodes.size()))),
                port,
                FreePort.find(),
                NodeSettings.withSlots(0).recordBytes());
        change.accept(configuration);
        return configuration;
    }

    /** Returns the address of the first node. */
    public String address() {
        return address;
    }

    /** Returns the number of nodes that were started. */
    public int size() {
        return nodes.size();
    }

    /** Returns the nodes that were started, in the order of their starts. */
    public List<Ignite> nodes() {
        return List.copyOf(nodes);
    }

    /** Returns the node with this index, in the order of their starts. */
    public Ignite node(int index) {
        return nodes.get(index);
    }

    @Override
    public void close() {
        NodeShutdown.stopAll(nodes);
    }
}
