package io.github.ignitetasks.benchmarks.peers;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.durableexecutor.DurableExecutorService;
import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Hazelcast's {@code DurableExecutorService} on one member in this JVM. It also keeps results. */
public final class HazelcastDurable implements Peer {
    private final HazelcastInstance member;
    private final DurableExecutorService executor;

    private HazelcastDurable(HazelcastInstance member) {
        this.member = member;
        this.executor = member.getDurableExecutorService("tasks");
    }

    /**
     * Starts a member that listens on loopback and looks for no others. All other settings are Hazelcast's defaults.
     */
    public static HazelcastDurable start() {
        return new HazelcastDurable(member(config -> {}));
    }

    /** Starts a member with further settings. */
    static HazelcastInstance member(Consumer<Config> settings) {
        System.setProperty("hazelcast.logging.type", "slf4j"); // Hazelcast reads it before its configuration
        Config config = new Config();
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        settings.accept(config);
        return Hazelcast.newHazelcastInstance(config);
    }

    @Override
    public Callable<Integer> start(int number) {
        Future<Integer> result = executor.submit((Callable<Integer> & Serializable) () -> number + 1);
        return result::get;
    }

    @Override
    public void close() {
        member.shutdown();
    }
}
