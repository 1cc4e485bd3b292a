package io.github.ignitetasks.ignite;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ConcurrencyType;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.AdaptiveScaling;
import io.github.ignitetasks.internal.client.GridBackend;
import io.github.ignitetasks.internal.client.MissingLibraryException;
import io.github.ignitetasks.internal.client.Watchdog;
import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.connect.AdaptiveScaler;
import io.github.ignitetasks.internal.connect.OpenGrid;
import io.github.ignitetasks.internal.connect.RunnerSettings;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.node.Protocol;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.worker.LocalIgnite;
import io.github.ignitetasks.internal.worker.SessionSettings;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ignite.Ignite;
import org.apache.ignite.configuration.DeploymentMode;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task runner that runs calls on an Apache Ignite grid. By default it starts a temporary node in this JVM. Its
 * builder can instead select a grid to join by address, a running {@code Ignite} or cluster, or a cluster to start for
 * each session.
 *
 * <p>A call is serialized when it is submitted, so later changes to its arguments have no effect. All sessions of a
 * grid share one key space. A second submission of a key shares the state of the first, as long as the record of the
 * key exists.
 *
 * <p>Ignite needs access to some packages of the JDK. A runner that starts a node opens them itself, unless system
 * property {@code ignitetasks.open} is false. If a package stays closed, {@link #start} throws an {@code
 * IllegalStateException} that lists the missing JVM options.
 *
 * <p>Immutable and safe for use by many threads. Two runners are equal if all their settings are equal.
 */
public final class IgniteTaskRunner implements TaskRunner {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(IgniteTaskRunner.class);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration TTL_ON_JOINED_GRID = Duration.ofHours(1);

    private final RunnerSettings settings;

    /** The node that runs the current call. It is set only if this runner was deserialized inside a call. */
    private transient @Nullable Ignite ownIgnite;

    /** The listeners to the sessions' tasks. They stay in the JVM where the runner was built. */
    private transient List<TaskListener> listeners;

    IgniteTaskRunner(RunnerSettings settings, List<TaskListener> listeners) {
        this.settings = settings;
        this.listeners = List.copyOf(listeners);
    }

    /** Returns a runner that starts one node in this JVM for each session. The node accepts no connections. */
    public static IgniteTaskRunner create() {
        return builder().build();
    }

    /** Returns a new builder. */
    public static IgniteTaskRunnerBuilder builder() {
        return new IgniteTaskRunnerBuilder();
    }

    @Override
    public String name() {
        return "ignite";
    }

    @Override
    public ConcurrencyType concurrencyType() {
        return ConcurrencyType.PARALLEL;
    }

    @Override
    public TaskSession start() {
        TaskInterruptedException.throwIfInterrupted("interrupted before runner " + name() + " started");
        try {
            return open();
        } catch (RuntimeException e) {
            if (Thread.interrupted() || IgniteErrors.isInterrupt(e)) {
                throw new TaskInterruptedException("interrupted while runner " + name() + " started", e);
            }
            throw e;
        }
    }

    @Override
    public IgniteTaskRunner withListener(TaskListener listener) {
        List<TaskListener> more = new ArrayList<>(listeners);
        more.add(requireNonNull(listener, "listener"));
        return like(more);
    }

    private IgniteTaskRunner like(List<TaskListener> others) {
        IgniteTaskRunner runner = new IgniteTaskRunner(settings, others);
        runner.ownIgnite = ownIgnite;
        return runner;
    }

    private TaskSession open() {
        OpenGrid grid = ownIgnite == null
                ? settings.open()
                : new OpenGrid(ownIgnite, "the node that runs the call", false, false, Optional.empty(), () -> {});
        try {
            if (ownIgnite == null) { // inside a call the record cache exists already
                MissingLibraryException.check(grid.ignite());
            }
            grid.checkRecords();
            String name = name() + "-" + COUNT.incrementAndGet();
            EventStream events = new EventStream();
            GridBackend backend = new GridBackend(name, grid, sessionSettings(grid), Watchdog.INTERVAL, events);
            KeyedSession session = new KeyedSession(name, backend, events, settings.limits());
            warnOfStaleCode(name, grid);
            follow(backend, name, grid);
            String description = grid.description() + ", " + servers(grid) + ", " + slots();
            LOG.info("{} started: {}", name, description);
            return heard(session, description);
        } catch (RuntimeException e) {
            grid.close();
            throw e;
        }
    }

    private TaskSession heard(KeyedSession session, String description) {
        try {
            session.hear(listeners, description);
            return session;
        } catch (RuntimeException | Error e) {
            session.close(); // and the grid with it
            throw e;
        }
    }

    private void follow(GridBackend backend, String name, OpenGrid grid) {
        AdaptiveScaling adaptive = settings.adaptive();
        if (adaptive == null) {
            return;
        }
        grid.cluster()
                .ifPresentOrElse(
                        cluster -> {
                            AdaptiveScaler scaler = AdaptiveScaler.start(adaptive, cluster, backend.load());
                            backend.closeWith(scaler::stop);
                        },
                        () -> LOG.warn(
                                "{}: adaptive has no effect, as this JVM has only joined {}, which others can scale",
                                name,
                                grid.description()));
    }

    private static void warnOfStaleCode(String name, OpenGrid grid) {
        IgniteConfiguration settings = grid.ignite().configuration();
        DeploymentMode mode = settings.getDeploymentMode();
        if (settings.isPeerClassLoadingEnabled()
                && (mode == DeploymentMode.SHARED || mode == DeploymentMode.CONTINUOUS)) {
            LOG.warn(
                    "{}: the grid loads classes of peers in mode {}, in which a node may run an older version of a class"
                            + " than the submitter has; set deploymentMode ISOLATED on all nodes",
                    name,
                    mode);
        }
    }

    private SessionSettings sessionSettings(OpenGrid grid) {
        Duration timeToLive = settings.resultTtlOr(grid.temporary() ? CallOptions.FOREVER : TTL_ON_JOINED_GRID);
        return new SessionSettings(
                settings.slots(), timeToLive, settings.limits().inlineResultBytes());
    }

    private static String servers(OpenGrid grid) {
        int number = Protocol.servers(grid.ignite().cluster()).nodes().size();
        return number + (number == 1 ? " server node" : " server nodes");
    }

    private String slots() {
        return settings.slots() == 0 ? "as many slots as processors each" : settings.slots() + " slots each";
    }

    @Override
    public TaskRunner duplicate() {
        return like(listeners);
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        ownIgnite = LocalIgnite.ofReader().orElse(null);
        listeners = List.of();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IgniteTaskRunner that
                && settings.equals(that.settings)
                && listeners.equals(that.listeners);
    }

    @Override
    public int hashCode() {
        return Objects.hash(settings, listeners);
    }

    @Override
    public String toString() {
        return "IgniteTaskRunner[" + settings + "]";
    }
}
