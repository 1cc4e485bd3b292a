package io.github.ignitetasks.internal.process;

import io.github.ignitetasks.internal.folder.WorkFolder;
import io.github.ignitetasks.internal.lifecycle.JvmLifecycle;
import io.github.ignitetasks.internal.node.InheritedSettings;
import io.github.ignitetasks.internal.node.JvmOpens;
import io.github.ignitetasks.internal.node.NodePlan;
import io.github.ignitetasks.internal.node.NodeSettings;
import io.github.ignitetasks.internal.process.ChildNode.NodeStartException;
import io.github.ignitetasks.internal.tls.NodeTls;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A launcher that starts each node in a child JVM, several at a time. */
public final class NodesInChildJvms implements NodeLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(NodesInChildJvms.class);
    private static final int START_ATTEMPTS = 5;
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration HALT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ARCHIVE_TIMEOUT = Duration.ofSeconds(30);

    private final NodeSettings settings;
    private final List<String> jvmOptions;
    private final Set<ChildNode> children = ConcurrentHashMap.newKeySet();
    private final String classPath;
    private final Optional<ClassArchive> archive;

    private final AtomicReference<@Nullable ChildNode> writer = new AtomicReference<>();

    private volatile boolean closed;

    /**
     * Creates a launcher with these JVM options, in addition to those that every node needs.
     *
     * @throws IllegalStateException if a child JVM could not load this library; the message gives the remedy
     */
    public NodesInChildJvms(NodeSettings settings, List<String> jvmOptions) {
        this(settings, jvmOptions, ChildClassPath.ofThisThread());
    }

    private NodesInChildJvms(NodeSettings settings, List<String> jvmOptions, String classPath) {
        this(settings, jvmOptions, classPath, ClassArchive.of(classPath));
    }

    NodesInChildJvms(NodeSettings settings, List<String> jvmOptions, String classPath, Optional<ClassArchive> archive) {
        this.settings = settings;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.classPath = classPath;
        this.archive = archive;
    }

    @Override
    public List<LocalNode> launch(int count, List<String> addresses, Consumer<LocalNode> onDeath) {
        StartLog log = StartLog.begin(count, addresses.size(), "each in a JVM of its own");
        for (int attempt = 1; ; attempt++) {
            List<ChildNode> nodes = new ArrayList<>();
            try {
                begin(nodes, count, addresses, onDeath);
                awaitReady(nodes, log);
                return List.copyOf(nodes);
            } catch (NodeStartException e) {
                end(nodes);
                if (!e.isPortTaken() || attempt == START_ATTEMPTS) {
                    throw e;
                }
                log.again();
            } catch (RuntimeException e) {
                end(nodes);
                throw e;
            }
        }
    }

    /** Starts JVMs whose nodes all know each other's addresses. Nodes that start at the same time need this. */
    private void begin(List<ChildNode> nodes, int count, List<String> known, Consumer<LocalNode> onDeath) {
        List<NodePlan.Ports> ports = NodePlan.Ports.free(count);
        List<String> addresses = new ArrayList<>(known);
        ports.forEach(each -> addresses.add(each.address()));
        for (NodePlan.Ports own : ports) {
            nodes.add(begin(new NodePlan(own, addresses, settings, WorkFolder.make()), onDeath));
        }
    }

    private ChildNode begin(NodePlan plan, Consumer<LocalNode> onDeath) {
        boolean writes =
                writer.get() == null && archive.filter(ClassArchive::isWanted).isPresent();
        List<String> options = new ArrayList<>(JvmOpens.options());
        options.addAll(properties(plan.work()));
        options.add("-DIGNITE_NO_SHUTDOWN_HOOK=true"); // a JVM that exits must not wait for its node
        options.addAll(jvmOptions);
        options.addAll(
                writes
                        ? ClassArchive.recordOptions()
                        : archive.map(ClassArchive::useOptions).orElse(List.of()));
        options.addAll(List.of("-cp", classPath));
        ChildNode node = new ChildNode(startJvm(options, plan), plan, onDeath);
        children.removeIf(child -> !child.isAlive());
        children.add(node);
        if (writes) {
            writer.compareAndSet(null, node);
        }
        if (closed) {
            node.halt();
        }
        return node;
    }

    /**
     * Starts a JVM with its options in a file. A class path may exceed the length of a command, and all users can see
     * commands.
     */
    private static Process startJvm(List<String> options, NodePlan plan) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path file = plan.work().path().resolve("java.args");
        List<String> command = new ArrayList<>(List.of(java.toString(), "@" + file, NodeMain.class.getName()));
        command.addAll(plan.toArguments());
        try {
            ArgumentFile.write(file, options);
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            InheritedSettings.removeFrom(builder.environment());
            return builder.start();
        } catch (IOException e) {
            plan.work().close();
            throw new IllegalStateException("cannot start " + java + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns options that set the properties of this JVM. They are in a file if the JVM supports it, because they may
     * be secret.
     */
    private static List<String> properties(WorkFolder work) {
        List<String> own = ownProperties();
        if (own.isEmpty() || !VmOptionsFile.isSupported()) {
            return own;
        }
        try {
            return List.of(VmOptionsFile.write(work.path().resolve("properties.args"), own));
        } catch (IOException e) {
            work.close();
            throw new IllegalStateException("cannot write the system properties of a node: " + e.getMessage(), e);
        }
    }

    /** Returns the system properties from the command of this JVM, because tasks may need them. */
    private static List<String> ownProperties() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-D"))
                .filter(argument -> !argument.startsWith("-Dcom.sun.management")) // would open this JVM's ports again
                .filter(argument -> !argument.startsWith("-Djdk.module.")) // a child runs on the class path
                .filter(argument -> !InheritedSettings.isSetBy(argument))
                .toList();
    }

    private static void awaitReady(List<ChildNode> nodes, StartLog log) {
        CompletableFuture<Void> all = CompletableFuture.allOf(nodes.stream()
                .map(node -> node.ready().thenRun(() -> log.joined(node.address())))
                .toArray(CompletableFuture<?>[]::new));
        Stream<CompletableFuture<Void>> ends = nodes.stream().map(ChildNode::ended);
        try {
            CompletableFuture.anyOf(Stream.concat(Stream.of(all), ends).toArray(CompletableFuture<?>[]::new))
                    .orTimeout(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            for (ChildNode node : nodes) {
                if (!node.isAlive()) {
                    node.ready().join();
                    throw new IllegalStateException(
                            "node " + node.address() + " has died while others were being started");
                }
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof NodeStartException problem) {
                throw problem;
            }
            throw new IllegalStateException("nodes were not ready within " + START_TIMEOUT, e);
        }
    }

    @Override
    public NodeTls tls() {
        return settings.tls();
    }

    private static void end(Iterable<ChildNode> nodes) {
        nodes.forEach(ChildNode::halt);
        nodes.forEach(node -> node.end(HALT_TIMEOUT));
    }

    @Override
    public void close() {
        closed = true;
        List<ChildNode> all = new ArrayList<>(children);
        ChildNode last = writer.get();
        boolean hasTime = !JvmLifecycle.isShuttingDown();
        if (hasTime && last != null && all.remove(last) && last.isAlive() && archive.isPresent()) {
            writeArchive(archive.get(), last, all);
        } else {
            end(children);
        }
    }

    private static void writeArchive(ClassArchive archive, ChildNode node, List<ChildNode> others) {
        Optional<WorkFolder> folder = archive.isWanted() ? archive.draftFolder() : Optional.empty();
        if (folder.isEmpty()) {
            end(others);
            end(List.of(node));
            return;
        }
        try (WorkFolder drafts = folder.get()) {
            LOG.info("node {} writes a class-data archive, once, so that later ones start faster", node.address());
            Path draft = drafts.path().resolve("draft.jsa");
            node.writeArchive(draft);
            end(others);
            node.end(ARCHIVE_TIMEOUT);
            if (node.hasEndedWell()) {
                archive.publish(draft);
            }
        }
    }
}
