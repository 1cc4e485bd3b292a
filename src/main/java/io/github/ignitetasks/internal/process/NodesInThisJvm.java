package io.github.ignitetasks.internal.process;

import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.folder.WorkFolder;
import io.github.ignitetasks.internal.node.NodeDrain;
import io.github.ignitetasks.internal.node.NodePlan;
import io.github.ignitetasks.internal.node.NodeSettings;
import io.github.ignitetasks.internal.node.NodeShutdown;
import io.github.ignitetasks.internal.tls.NodeTls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A launcher that starts nodes in this JVM, one after another. */
public final class NodesInThisJvm implements NodeLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(NodesInThisJvm.class);
    private static final int START_ATTEMPTS = 5;
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final NodeSettings settings;
    private final List<Node> started = new ArrayList<>(); // guarded by this
    private boolean closed; // guarded by this

    public NodesInThisJvm(NodeSettings settings) {
        this.settings = settings;
    }

    @Override
    public synchronized List<LocalNode> launch(int count, List<String> addresses, Consumer<LocalNode> onDeath) {
        StartLog log = StartLog.begin(count, addresses.size(), "in this JVM");
        List<String> known = new ArrayList<>(addresses);
        List<Node> launched = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                if (closed) {
                    throw new IllegalStateException("the cluster is closed");
                }
                Node node = launch(known);
                launched.add(node);
                log.joined(node.address());
                known.add(node.address());
            }
        } catch (RuntimeException | Error e) {
            stop(launched);
            throw e;
        }
        started.addAll(launched);
        return List.copyOf(launched);
    }

    private Node launch(List<String> known) {
        for (int attempt = 1; ; attempt++) {
            NodePlan.Ports ports = NodePlan.Ports.free(1).get(0);
            List<String> addresses = new ArrayList<>(known);
            addresses.add(ports.address());
            WorkFolder work = WorkFolder.make();
            try {
                return new Node(new NodePlan(ports, addresses, settings, work).start(), ports.address(), work);
            } catch (IgniteException e) {
                work.close();
                if (attempt == START_ATTEMPTS || !IgniteErrors.isPortTaken(e)) {
                    throw new IllegalStateException("cannot start a node in this JVM: " + e.getMessage(), e);
                }
            } catch (RuntimeException | Error e) {
                work.close();
                throw e;
            }
        }
    }

    @Override
    public NodeTls tls() {
        return settings.tls();
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop(started);
        started.clear();
    }

    private static void stop(List<Node> nodes) {
        NodeShutdown.stopAll(nodes.stream().map(Node::node).toList());
        nodes.stream().filter(node -> !node.isAlive()).map(Node::work).forEach(WorkFolder::close);
    }

    private record Node(Ignite node, String name, WorkFolder work) implements LocalNode {
        @Override
        public String address() {
            return name;
        }

        @Override
        public Optional<Ignite> ignite() {
            return Optional.of(node);
        }

        @Override
        public boolean isAlive() {
            return Ignition.state(node.name()) == IgniteState.STARTED;
        }

        @Override
        public void retire() {
            if (isAlive() && NodeDrain.drain(node, FOREVER)) {
                NodeDrain.leave(node); // does nothing if the node has failed, and stopped, meanwhile
                if (isAlive()) {
                    LOG.warn("node {} could not be stopped", name);
                } else {
                    work.close();
                }
            }
        }
    }
}
