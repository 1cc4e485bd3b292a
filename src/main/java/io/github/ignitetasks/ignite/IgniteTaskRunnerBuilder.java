package io.github.ignitetasks.ignite;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.cluster.AdaptiveScaling;
import io.github.ignitetasks.cluster.ClientCustomizer;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.ClusterFactory;
import io.github.ignitetasks.cluster.Tls;
import io.github.ignitetasks.internal.connect.ClientNode;
import io.github.ignitetasks.internal.connect.FactoryName;
import io.github.ignitetasks.internal.connect.GridAddress;
import io.github.ignitetasks.internal.connect.GridSource;
import io.github.ignitetasks.internal.connect.HandedIgnite;
import io.github.ignitetasks.internal.connect.RunnerSettings;
import io.github.ignitetasks.internal.execution.Slots;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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

    private @Nullable Map<String, String> clusterOptions;
    private @Nullable AdaptiveScaling adaptive;
    private Tls tls = Tls.none();
    private @Nullable Duration joinTimeout;
    private @Nullable ClientCustomizer clientConfiguration;
    private @Nullable Duration resultTtl;
    private int slots;

    IgniteTaskRunnerBuilder() {}

    /**
     * Uses this Ignite, server or client, and never closes it. It may also be an {@code IgniteSpringBean} or a proxy
     * whose Ignite starts later. The session looks for that Ignite when it starts, and throws an {@code
     * IllegalStateException} if it is not started by then.
     */
    public IgniteTaskRunnerBuilder ignite(Ignite ignite) {
        return source("ignite", new HandedIgnite(requireNonNull(ignite, "ignite")));
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
        return source("address", new GridSource.Joined(all));
    }

    /** Uses this cluster, which is already running, and never closes it. */
    public IgniteTaskRunnerBuilder cluster(Cluster cluster) {
        return source("cluster", new GridSource.Running(requireNonNull(cluster, "cluster")));
    }

    /** Starts a cluster with this factory for each session, and closes the cluster with the session. */
    public IgniteTaskRunnerBuilder clusterFactory(ClusterFactory clusterFactory) {
        return source(
                "clusterFactory",
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
                new GridSource.Spring(requireNonNull(file, "springConfig").toString()));
    }

    /** Passes these options to the cluster factory. The builder copies the map. */
    public IgniteTaskRunnerBuilder clusterOptions(Map<String, String> options) {
        clusterOptions = Map.copyOf(requireNonNull(options, "clusterOptions"));
        return this;
    }

    /**
     * Lets the cluster grow and shrink with the load of a session. If the cluster was passed to {@link #cluster}, only
     * one session at a time may scale it. That cluster keeps its current size when the session closes.
     */
    public IgniteTaskRunnerBuilder adaptive(AdaptiveScaling scaling) {
        adaptive = requireNonNull(scaling, "adaptive");
        return this;
    }

    /**
     * Sets the TLS of the client node that joins a grid or a cluster. By default the client uses the {@link Cluster#tls
     * TLS of its cluster}. The embedded node of a runner without a grid needs no TLS, because it does not listen.
     */
    public IgniteTaskRunnerBuilder tls(Tls tls) {
        this.tls = requireNonNull(tls, "tls");
        return this;
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
        return this;
    }

    /** Changes the configuration of the client node that joins a grid or a cluster. */
    public IgniteTaskRunnerBuilder clientConfiguration(ClientCustomizer customizer) {
        clientConfiguration = requireNonNull(customizer, "clientConfiguration");
        return this;
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
     * node, the largest number applies.
     *
     * @throws IllegalArgumentException if the number is less than 1 or more than 65,536
     */
    public IgniteTaskRunnerBuilder slots(int slotsPerNode) {
        slots = Slots.checkSize(slotsPerNode);
        return this;
    }

    /**
     * Builds the runner.
     *
     * @throws IllegalArgumentException if two settings cannot be combined; the message names both
     */
    public IgniteTaskRunner build() {
        if (sources.size() > 1) {
            throw new IllegalArgumentException(
                    String.join(" and ", sources.keySet()) + " cannot be combined; a runner uses one of them");
        }
        if (clusterOptions != null && !sources.containsKey("clusterFactory")) {
            throw new IllegalArgumentException(
                    "clusterOptions cannot be used without clusterFactory, which takes them");
        }
        refuse("adaptive", adaptive != null, "address");
        refuse("adaptive", adaptive != null, "ignite");
        refuse("adaptive", adaptive != null, "springConfig");
        refuse("clientConfiguration", clientConfiguration != null, "ignite");
        refuse("joinTimeout", joinTimeout != null, "ignite");
        refuse("tls", !tls.equals(Tls.none()), "ignite");
        refuseBesideFile("clientConfiguration", clientConfiguration != null);
        refuseBesideFile("joinTimeout", joinTimeout != null);
        refuseBesideFile("tls", !tls.equals(Tls.none()));
        if (joinTimeout != null && sources.isEmpty()) {
            throw new IllegalArgumentException(
                    "joinTimeout cannot be used without address, cluster or clusterFactory: no"
                            + " client joins a grid; set one of them, or leave joinTimeout out");
        }
        GridSource source = sources.values().stream().findFirst().orElseGet(GridSource::embedded);
        if (source instanceof GridSource.Factory factory && clusterOptions != null) {
            source = new GridSource.Factory(factory.factory(), clusterOptions);
        }
        return new IgniteTaskRunner(
                new RunnerSettings(source, tls, joinTimeout, clientConfiguration, adaptive, resultTtl, slots));
    }

    private void refuse(String setting, boolean isSet, String with) {
        if (isSet && sources.containsKey(with)) {
            throw new IllegalArgumentException(setting + " cannot be combined with " + with
                    + ", whose nodes are not this runner's; leave one of them out");
        }
    }

    private void refuseBesideFile(String setting, boolean isSet) {
        if (isSet && sources.containsKey("springConfig")) {
            throw new IllegalArgumentException(setting + " cannot be combined with springConfig, whose file says"
                    + " everything about the node; change the file");
        }
    }

    private IgniteTaskRunnerBuilder source(String setting, GridSource source) {
        sources.put(setting, source);
        return this;
    }
}
