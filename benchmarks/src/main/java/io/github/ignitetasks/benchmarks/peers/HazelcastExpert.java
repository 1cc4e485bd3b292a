package io.github.ignitetasks.benchmarks.peers;

import com.hazelcast.config.DurableExecutorConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.durableexecutor.DurableExecutorService;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/**
 * Hazelcast as its experts use it, on one member in this JVM: tasks in the compact form of
 * {@code IdentifiedDataSerializable}, and an executor with a thread for each core.
 */
public final class HazelcastExpert implements Peer {
    private static final int FACTORY = 77;
    private static final int BODY = 1;
    private static final int RECORDED_BODY = 2;

    private final HazelcastInstance member;
    private final Starter starter;

    private interface Starter {
        Callable<Integer> start(int number);
    }

    private HazelcastExpert(HazelcastInstance member, Starter starter) {
        this.member = member;
        this.starter = starter;
    }

    /** Starts a member that runs tasks by a {@code DurableExecutorService}, which keeps their results. */
    public static HazelcastExpert durable() {
        HazelcastInstance member = member();
        DurableExecutorService executor = member.getDurableExecutorService("tasks");
        return new HazelcastExpert(member, number -> {
            Future<Integer> result = executor.submit(new Body(number));
            return result::get;
        });
    }

    /** Starts a member that runs tasks by {@code IMap.submitToKey}, whose entries keep the results. */
    public static HazelcastExpert submitToKey() {
        HazelcastInstance member = member();
        IMap<String, Integer> map = member.getMap("results");
        String prefix = UUID.randomUUID() + "-";
        return new HazelcastExpert(member, number -> {
            Future<Integer> result =
                    map.submitToKey(prefix + number, new RecordedBody(number)).toCompletableFuture();
            return result::get;
        });
    }

    private static HazelcastInstance member() {
        return HazelcastDurable.member(config -> {
            config.getSerializationConfig()
                    .addDataSerializableFactory(FACTORY, id -> id == BODY ? new Body(0) : new RecordedBody(0));
            config.addDurableExecutorConfig(new DurableExecutorConfig("tasks")
                    .setPoolSize(Runtime.getRuntime().availableProcessors()));
        });
    }

    @Override
    public Callable<Integer> start(int number) {
        return starter.start(number);
    }

    @Override
    public void close() {
        member.shutdown();
    }

    private abstract static class Numbered implements IdentifiedDataSerializable {
        int number;

        Numbered(int number) {
            this.number = number;
        }

        @Override
        public int getFactoryId() {
            return FACTORY;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeInt(number);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            number = in.readInt();
        }
    }

    private static final class Body extends Numbered implements Callable<Integer> {
        Body(int number) {
            super(number);
        }

        @Override
        public Integer call() {
            return number + 1;
        }

        @Override
        public int getClassId() {
            return BODY;
        }
    }

    @SuppressWarnings("serial") // Hazelcast writes it by its own form
    private static final class RecordedBody extends Numbered implements EntryProcessor<String, Integer, Integer> {
        RecordedBody(int number) {
            super(number);
        }

        @Override
        public Integer process(Map.Entry<String, Integer> entry) {
            Integer known = entry.getValue();
            if (known == null) {
                known = number + 1;
                entry.setValue(known);
            }
            return known;
        }

        @Override
        public int getClassId() {
            return RECORDED_BODY;
        }
    }
}
