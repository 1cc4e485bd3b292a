package io.github.ignitetasks.internal.lifecycle;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry of the open resources of this JVM. It closes them when the JVM shuts down, sessions before the nodes that
 * they use. It also closes them when {@code main} has returned and no other code keeps the JVM alive. While no resource
 * is open, the registry has neither a shutdown hook nor a thread. Safe for use by many threads.
 *
 * @see Runtime#addShutdownHook the moments at which a JVM shuts down
 */
public final class JvmLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JvmLifecycle.class);
    private static final JvmLifecycle OF_JVM = new JvmLifecycle();

    /** How long the shutdown waits for nodes to stop. */
    private static final Duration NODES_TIMEOUT = Duration.ofSeconds(30);

    private final Set<Open> open = new LinkedHashSet<>(); // guarded by this
    private @Nullable Thread hook; // guarded by this
    private @Nullable MainWatch watch; // guarded by this

    private JvmLifecycle() {}

    private record Open(Stage stage, OpenResource resource) {}

    /** The stages of the shutdown, in order. */
    public enum Stage {
        /** Sessions, whose tasks need nodes to complete. */
        SESSIONS,
        /** Nodes. */
        NODES
    }

    /** The registration of a resource. Remove it when the resource has closed. A second removal does nothing. */
    @FunctionalInterface
    public interface Registration {
        void remove();
    }

    /** Registers an open resource. A shutdown hook that opens a resource must close it itself. */
    public static Registration register(Stage stage, OpenResource resource) {
        OF_JVM.add(stage, resource);
        return () -> OF_JVM.remove(stage, resource);
    }

    /** Returns whether the JVM is shutting down. In a shutdown hook the answer is always true. */
    public static boolean isShuttingDown() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            return !Runtime.getRuntime().removeShutdownHook(probe);
        } catch (IllegalStateException e) {
            return true; // the JDK refuses new hooks once it starts the existing ones
        }
    }

    private synchronized void add(Stage stage, OpenResource resource) {
        if (hook == null && !addHook()) {
            return;
        }
        open.add(new Open(stage, resource));
    }

    /** Adds the shutdown hook. Returns false if the JVM is shutting down and refuses it. */
    private boolean addHook() {
        Thread added = new Thread(this::closeAll, "ignite-tasks-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(added);
        } catch (IllegalStateException e) {
            LOG.debug("what is opened in a shutdown is not closed by it", e);
            return false;
        }
        hook = added;
        watch = MainWatch.start(this::all, this::onMainEnded);
        return true;
    }

    private synchronized void remove(Stage stage, OpenResource resource) {
        open.remove(new Open(stage, resource));
        if (hook != null && open.isEmpty()) {
            removeHook(hook);
            hook = null;
            if (watch != null) {
                watch.end();
            }
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the hook runs, and finds nothing to close", e);
        }
    }

    private synchronized List<OpenResource> all() {
        return open.stream().map(Open::resource).toList();
    }

    private synchronized List<OpenResource> all(Stage stage) {
        return open.stream()
                .filter(each -> each.stage() == stage)
                .map(Open::resource)
                .toList();
    }

    private void onMainEnded() {
        for (Stage stage : Stage.values()) {
            all(stage).forEach(OpenResource::onMainEnded);
        }
    }

    private void closeAll() {
        close(Stage.SESSIONS, Duration.ZERO); // each limits its own time, or lets its owner do so
        close(Stage.NODES, NODES_TIMEOUT);
    }

    /** Closes the resources of a stage in parallel; a timeout of zero means no timeout. */
    private void close(Stage stage, Duration timeout) {
        List<Thread> threads = all(stage).stream()
                .map(resource -> start(resource, OpenResource::onShutdown))
                .toList();
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(timeout.isZero() ? 0 : Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts a shutdown hook", e);
        }
    }

    private static Thread start(OpenResource resource, Consumer<OpenResource> end) {
        Thread thread = new Thread(
                () -> {
                    try {
                        end.accept(resource);
                    } catch (RuntimeException | Error e) {
                        LOG.warn("{} could not be closed in good order", resource, e);
                    }
                },
                "ignite-tasks-shutdown-of-" + resource);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
