package io.github.ignitetasks.ignite;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.cluster.AdaptiveScaling;
import io.github.ignitetasks.cluster.ClientCustomizer;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.ClusterFactory;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.cluster.LocalClusterBuilder;
import io.github.ignitetasks.cluster.Tls;
import io.github.ignitetasks.internal.connect.ClientNode;
import io.github.ignitetasks.internal.connect.FactoryName;
import io.github.ignitetasks.internal.connect.GridAddress;
import io.github.ignitetasks.internal.connect.GridSource;
import io.github.ignitetasks.internal.connect.HandedIgnite;
import io.github.ignitetasks.internal.connect.RunnerSettings;
import io.github.ignitetasks.internal.execution.Slots;
import io.github.ignitetasks.observe.Dashboard;
import io.github.ignitetasks.observe.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/**
 * A builder of {@link IgniteTaskRunner}. Each method sets the setting of the same name and checks its own argument.
 * {@link #build} checks that the settings fit together. Not safe for use by many threads.
 */
public final class IgniteTaskRunnerBuilder {
    /**
     * The sources of a grid, by the names of the settings that set them, in order. {@link #build} refuses more than
     * one.
     */
    private final Map<String, GridSource> sources = new LinkedHashMap<>();

    /** The values of all settings that were set, as error messages show them, by the names of the settings. */
    private final Map<String, Object> values = new HashMap<>();

    private @Nullable Map<String, String> clusterOptions;
    private @Nullable AdaptiveScaling adaptive;
    private Tls tls = Tls.none();
    private @Nullable Duration joinTimeout;
    private @Nullable ClientCustomizer clientConfiguration;
    private @Nullable Duration resultTtl;
    private int slots;
    private SessionLimits limits = SessionLimits.standard();
    private final List<TaskListener> listeners = new ArrayList<>();

    IgniteTaskRunnerBuilder() {}

    /**
     * Uses this Ignite, server or client, and never closes it. It may also be an {@code IgniteSpringBean} or a proxy
     * whose Ignite starts later. The session looks for that Ignite when it starts, and throws an {@code
     * IllegalStateException} if it is not started by then.
     */
    public IgniteTaskRunnerBuilder ignite(Ignite ignite) {
        HandedIgnite handed = new HandedIgnite(requireNonNull(ignite, "ignite"));
        return source("ignite", handed, handed);
    }

    /**
     * Joins the grid at these addresses as a client, for each session.
     *
     * @param addresses the addresses of server nodes, each {@code host}, {@code host:port} or {@code host:port..port};
     *     one string may hold several, separated by commas; an IPv6 address stands in brackets, as in {@code
     *     [::1]:47500}
     * @throws IllegalArgumentException if there is no address, or one has another form
     */
    public IgniteTaskRunnerBuilder address(String... addresses) {
        List<String> all = Arrays.stream(requireNonNull(addresses, "address"))
                .flatMap(text -> ClientNode.split(requireNonNull(text, "address")).stream())
                .toList();
        all.forEach(GridAddress::parse);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("address must name at least one server node, but is empty");
        }
        return source("address", all, new GridSource.Joined(all));
    }

    /** Uses this cluster, which is already running, and never closes it. */
    public IgniteTaskRunnerBuilder cluster(Cluster cluster) {
        return source("cluster", cluster, new GridSource.Running(requireNonNull(cluster, "cluster")));
    }

    /** Starts a cluster with this factory for each session, and closes the cluster with the session. */
    public IgniteTaskRunnerBuilder clusterFactory(ClusterFactory clusterFactory) {
        return source(
                "clusterFactory",
                clusterFactory,
                new GridSource.Factory(
                        new FactoryName.ByInstance(requireNonNull(clusterFactory, "clusterFactory")), Map.of()));
    }

    /**
     * Starts a cluster with a factory of this class for each session, and closes the cluster with the session.
     *
     * @throws IllegalArgumentException if there is no such class, if it is not a {@link ClusterFactory}, or if it has
     *     no public constructor without parameters
     */
    public IgniteTaskRunnerBuilder clusterFactory(String className) {
        return source(
                "clusterFactory",
                className,
                new GridSource.Factory(new FactoryName.ByClass(requireNonNull(className, "clusterFactory")), Map.of()));
    }

    /**
     * Starts the node that a Spring XML file configures, for each session. A client joins its grid. A server is a
     * temporary node, or one more node of the grid that it finds. The session reads the file when it starts, and
     * generates the instance name and the work directory if the file leaves them out. This setting needs {@code
     * org.apache.ignite:ignite-spring} on the class path.
     */
    public IgniteTaskRunnerBuilder springConfig(Path file) {
        return source(
                "springConfig",
                file,
                new GridSource.Spring(requireNonNull(file, "springConfig").toString()));
    }

    /**
     * Passes these options to the cluster factory, or to a {@link LocalCluster} if no grid is set. The builder copies
     * the map.
     *
     * <pre>{@code
     * TaskRunner runner = IgniteTaskRunner.builder().clusterOptions(Map.of("nodes", "4")).build();
     * }</pre>
     */
    public IgniteTaskRunnerBuilder clusterOptions(Map<String, String> options) {
        clusterOptions = Map.copyOf(requireNonNull(options, "clusterOptions"));
        return set("clusterOptions", clusterOptions);
    }

    /**
     * Lets the cluster grow and shrink with the load of a session. If no grid is set, the cluster is a {@link
     * LocalCluster}. If the cluster was passed to {@link #cluster}, only one session at a time may scale it. That
     * cluster keeps its current size when the session closes.
     */
    public IgniteTaskRunnerBuilder adaptive(AdaptiveScaling scaling) {
        adaptive = requireNonNull(scaling, "adaptive");
        return set("adaptive", adaptive);
    }

    /**
     * Sets the TLS of the client node that joins a grid or a cluster. By default the client uses the {@link Cluster#tls
     * TLS of its cluster}. The embedded node of a runner without a grid needs no TLS, because it does not listen.
     */
    public IgniteTaskRunnerBuilder tls(Tls tls) {
        this.tls = requireNonNull(tls, "tls");
        return set("tls", tls);
    }

    /**
     * Sets how long the client node that joins a grid or a cluster looks for it; by default 15 seconds. While the
     * client looks, it logs the addresses every 3 seconds.
     *
     * @throws IllegalArgumentException if the timeout is shorter than a millisecond, or longer than {@link
     *     Integer#MAX_VALUE} milliseconds (24 days)
     */
    public IgniteTaskRunnerBuilder joinTimeout(Duration timeout) {
        requireNonNull(timeout, "joinTimeout");
        if (timeout.compareTo(Duration.ofMillis(1)) < 0
                || timeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("joinTimeout must be from a millisecond to "
                    + Duration.ofMillis(Integer.MAX_VALUE) + ", but is " + timeout);
        }
        joinTimeout = timeout;
        return set("joinTimeout", timeout);
    }

    /**
     * Changes the configuration of the client node that joins a grid or a cluster. A runner that starts no client is
     * refused: by {@link #build}, or when the session starts, if the cluster has a node in this JVM.
     */
    public IgniteTaskRunnerBuilder clientConfiguration(ClientCustomizer customizer) {
        clientConfiguration = requireNonNull(customizer, "clientConfiguration");
        return set("clientConfiguration", customizer);
    }

    /**
     * Sets how long the grid keeps a state after it became final. By default a temporary cluster keeps it until the
     * cluster closes, and any other grid keeps it for one hour.
     *
     * @throws IllegalArgumentException if the duration is shorter than a second
     */
    public IgniteTaskRunnerBuilder resultTtl(Duration timeToLive) {
        requireNonNull(timeToLive, "resultTtl");
        if (timeToLive.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("resultTtl must be a second or more, but is " + timeToLive);
        }
        resultTtl = timeToLive;
        return this;
    }

    /**
     * Sets how many calls each node runs at a time; by default its number of processors. If several sessions use one
     * node, the largest number applies. A {@link LocalCluster} has {@code slotsPerNode} instead.
     *
     * @throws IllegalArgumentException if the number is less than 1 or more than 65,536
     */
    public IgniteTaskRunnerBuilder slots(int slotsPerNode) {
        slots = Slots.checkSize(slotsPerNode);
        return set("slots", slotsPerNode);
    }

    /** Sets how much a session holds in memory; by default {@link SessionLimits#standard}. */
    public IgniteTaskRunnerBuilder limits(SessionLimits limits) {
        this.limits = requireNonNull(limits, "limits");
        return set("limits", limits);
    }

    /** Adds a listener to what happens to the tasks of the runner's sessions, see {@link IgniteTaskRunner#withListener}. */
    public IgniteTaskRunnerBuilder listener(TaskListener listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /** Writes a report of each session to a file when the session closes, see {@link RunReport#to}. */
    public IgniteTaskRunnerBuilder report(Path file) {
        return listener(RunReport.to(requireNonNull(file, "report")));
    }

    /** Shows each session on a web page of its own, whose link the session logs; see {@link Dashboard}. */
    public IgniteTaskRunnerBuilder dashboard() {
        return listener(Dashboard.create());
    }

    /**
     * Shows each session on a web page, on this port if it is free; see {@link Dashboard#onPort}.
     *
     * @throws IllegalArgumentException if the port is not from 1 to 65,535
     */
    public IgniteTaskRunnerBuilder dashboard(int port) {
        return listener(Dashboard.onPort(port));
    }

    /**
     * Builds the runner.
     *
     * @throws IllegalArgumentException if two settings cannot be combined; the message names both
     */
    public IgniteTaskRunner build() {
        if (sources.size() > 1) {
            throw new IllegalArgumentException(
                    sources.keySet().stream().map(this::shown).collect(joining(" and "))
                            + " cannot be combined; a runner uses one of them, so leave the others out");
        }
        RunnerSettings settings = new RunnerSettings(
                sources.isEmpty() ? defaultSource() : givenSource(),
                tls,
                joinTimeout,
                clientConfiguration,
                adaptive,
                resultTtl,
                slots,
                limits);
        return new IgniteTaskRunner(settings, listeners);
    }

    /** Returns the grid of a runner that was given none: a node in this JVM, or a local cluster of several nodes. */
    private GridSource defaultSource() {
        if (clusterOptions == null && adaptive == null) {
            String join = "address, cluster or clusterFactory: without one of them no client joins a grid; set one of"
                    + " them, or leave it out";
            refuseWithout("joinTimeout", join);
            refuseWithout("clientConfiguration", join);
            return GridSource.embedded();
        }
        return new GridSource.Factory(
                new FactoryName.ByInstance(defaultCluster()), clusterOptions == null ? Map.of() : clusterOptions);
    }

    private LocalCluster defaultCluster() {
        LocalClusterBuilder cluster = LocalCluster.builder();
        if (!tls.equals(Tls.none())) {
            cluster.tls(tls);
        }
        if (slots > 0) {
            if (clusterOptions != null && clusterOptions.containsKey("slotsPerNode")) {
                refuse("slots", "clusterOptions", "slotsPerNode is the number of slots too; leave one of them out");
            }
            cluster.slotsPerNode(slots);
        }
        if (adaptive != null) {
            cluster.nodes(adaptive.minimum());
        }
        return cluster.build();
    }

    private GridSource givenSource() {
        String setting = sources.keySet().iterator().next();
        GridSource source = sources.values().iterator().next();
        if (source instanceof GridSource.Factory given) {
            refuseBesideFactory(given.factory().get());
            return clusterOptions == null ? given : new GridSource.Factory(given.factory(), clusterOptions);
        }
        refuse("clusterOptions", setting, "a clusterFactory takes the options; leave one of them out");
        if (source instanceof GridSource.Spring) {
            refuse("adaptive", setting, "the runner cannot scale the grid of that node; leave one of them out");
            String file = "the file says everything about the node; change the file, and leave the setting out";
            refuse("clientConfiguration", setting, file);
            refuse("joinTimeout", setting, file);
            refuse("tls", setting, file);
        } else if (source instanceof GridSource.Joined) {
            refuse("adaptive", setting, "the runner cannot scale the nodes of others; leave one of them out");
        } else if (source instanceof HandedIgnite) {
            refuse("adaptive", setting, "the runner cannot scale the nodes of others; leave one of them out");
            String node = "the runner uses that node as it is; configure the node, or leave one of them out";
            refuse("clientConfiguration", setting, node);
            refuse("joinTimeout", setting, node);
            refuse("tls", setting, node);
        }
        return source;
    }

    private void refuseBesideFactory(ClusterFactory factory) {
        if (factory instanceof EmbeddedCluster) {
            String alone = "an EmbeddedCluster is one node, which the runner uses without a client; use a LocalCluster,"
                    + " or leave one of them out";
            refuse("adaptive", "clusterFactory", alone);
            refuse("clientConfiguration", "clusterFactory", alone);
            refuse("joinTimeout", "clusterFactory", alone);
        } else if (factory instanceof LocalCluster) {
            refuse("slots", "clusterFactory", "a LocalCluster has slotsPerNode instead; set that, and leave slots out");
        }
    }

    private void refuse(String setting, String with, String reason) {
        if (isSet(setting)) {
            throw new IllegalArgumentException(setting + " cannot be combined with " + with + ", but they are "
                    + shown(setting) + " and " + shown(with) + ": " + reason);
        }
    }

    private void refuseWithout(String setting, String without) {
        if (isSet(setting)) {
            throw new IllegalArgumentException(
                    setting + " cannot be used without " + without + "; it is " + values.get(setting));
        }
    }

    private boolean isSet(String setting) {
        return values.containsKey(setting) && !Tls.none().equals(values.get(setting));
    }

    private String shown(String setting) {
        return setting + "=" + values.get(setting);
    }

    private IgniteTaskRunnerBuilder source(String setting, Object value, GridSource source) {
        sources.put(setting, source);
        return set(setting, value);
    }

    private IgniteTaskRunnerBuilder set(String setting, Object value) {
        values.put(setting, value);
        return this;
    }
}
