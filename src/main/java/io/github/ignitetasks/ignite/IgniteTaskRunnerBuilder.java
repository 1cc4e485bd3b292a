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
 * Builds an {@link IgniteTaskRunner}. Each method is named for the setting and checks its own argument; {@link #build}
 * checks that they fit together. To be used by one thread.
 */
public final class IgniteTaskRunnerBuilder {
    /** By the names of the settings that gave them, in order; more than one is refused. */
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
     * Uses this Ignite, server or client, and never closes it. It may be an {@code IgniteSpringBean} or a proxy whose
     * Ignite starts later: that is looked for when a session starts, which throws an {@code IllegalStateException} if it is
     * not up by then.
     */
    public IgniteTaskRunnerBuilder ignite(Ignite ignite) {
        return source("ignite", new HandedIgnite(requireNonNull(ignite, "ignite")));
    }

    /**
     * Joins the grid at these addresses as a client, for each session.
     *
     * @param addresses of server nodes, each {@code host}, {@code host:port} or {@code host:port..port}; several in one
     *     text are separated by commas, and an IPv6 address is put in brackets, as in {@code [::1]:47500}
     * @throws IllegalArgumentException if there is none, or one is not of that form
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

    /** Uses this cluster, which runs already, and never closes it. */
    public IgniteTaskRunnerBuilder cluster(Cluster cluster) {
        return source("cluster", new GridSource.Running(requireNonNull(cluster, "cluster")));
    }

    /** Starts a cluster by this factory for each session, and closes it with that. */
    public IgniteTaskRunnerBuilder clusterFactory(ClusterFactory clusterFactory) {
        return source(
                "clusterFactory",
                new GridSource.Factory(
                        new FactoryName.ByInstance(requireNonNull(clusterFactory, "clusterFactory")), Map.of()));
    }

    /**
     * Starts a cluster by the factory of this class for each session, and closes it with that.
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
     * Starts the node that a Spring XML file configures, for each session: a client joins its grid, a server is a
     * temporary node, or one more of the grid that it finds. The file is read when a session starts, and the names of
     * instances and work folders that it leaves out are made for it. Needs {@code org.apache.ignite:ignite-spring}.
     */
    public IgniteTaskRunnerBuilder springConfig(Path file) {
        return source(
                "springConfig",
                new GridSource.Spring(requireNonNull(file, "springConfig").toString()));
    }

    /** Gives the cluster factory these options, of which it takes a copy. */
    public IgniteTaskRunnerBuilder clusterOptions(Map<String, String> options) {
        clusterOptions = Map.copyOf(requireNonNull(options, "clusterOptions"));
        return this;
    }

    /**
     * Lets the cluster grow and shrink with the calls of a session. To be used by one session at a time where the cluster
     * was handed over; that keeps the size that it has when the session closes.
     */
    public IgniteTaskRunnerBuilder adaptive(AdaptiveScaling scaling) {
        adaptive = requireNonNull(scaling, "adaptive");
        return this;
    }

    /**
     * Sets the TLS of the client that is started to join a grid or a cluster. Without it a client has the TLS that its
     * cluster tells. The node of a runner without a grid needs none, as it listens nowhere.
     */
    public IgniteTaskRunnerBuilder tls(Tls tls) {
        this.tls = requireNonNull(tls, "tls");
        return this;
    }

    /**
     * Sets how long the client node that is started to join a grid or a cluster looks for it. By default 15 seconds. While
     * it looks, it logs every 3 seconds where.
     *
     * @throws IllegalArgumentException if it is shorter than a millisecond, or longer than {@link Integer#MAX_VALUE}
     *     milliseconds, which are 24 days
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

    /** Changes the configuration of the client node that is started to join a grid or a cluster. */
    public IgniteTaskRunnerBuilder clientConfiguration(ClientCustomizer customizer) {
        clientConfiguration = requireNonNull(customizer, "clientConfiguration");
        return this;
    }

    /**
     * Sets how long the grid keeps a state after it became final. By default as long as a temporary cluster lasts, and
     * one hour on any other grid.
     *
     * @throws IllegalArgumentException if it is shorter than a second
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
     * Sets how many calls each node runs at a time. By default as many as it has processors. Where several sessions use
     * one node, the largest number holds.
     *
     * @throws IllegalArgumentException if it is less than 1, or more than 65,536
     */
    public IgniteTaskRunnerBuilder slots(int slotsPerNode) {
        slots = Slots.checkSize(slotsPerNode);
        return this;
    }

    /**
     * Builds the runner.
     *
     * @throws IllegalArgumentException if settings do not fit together; the message names both
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
