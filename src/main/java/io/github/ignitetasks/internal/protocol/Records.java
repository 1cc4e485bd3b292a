package io.github.ignitetasks.internal.protocol;

import static java.util.stream.Collectors.toSet;

import io.github.ignitetasks.internal.base.Deadline;
import io.github.ignitetasks.internal.compat.CacheInternals;
import io.github.ignitetasks.internal.compat.TopologyMonitor;
import io.github.ignitetasks.internal.execution.Timings;
import io.github.ignitetasks.internal.node.Quorum;
import io.github.ignitetasks.internal.node.RecordCache;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.processor.EntryProcessorResult;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteException;
import org.apache.ignite.IgniteInterruptedException;
import org.apache.ignite.cache.CacheEntryProcessor;
import org.apache.ignite.cache.affinity.Affinity;
import org.apache.ignite.cache.affinity.AffinityFunction;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.lang.IgniteClosure;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.lang.IgnitePredicate;
import org.jspecify.annotations.Nullable;

/**
 * The records that the grid keeps: a {@link StateRecord} under each key that has ended, and a {@link ClaimRecord} under
 * a key that runs on a node other than its owner. A record is on two nodes if there are two. Claims never expire.
 *
 * <p>Writes fail with {@link NoQuorumException} while the grid has too few servers.
 */
public final class Records {
    /** The time to live from which a record does not expire. */
    private static final Duration AGES = Duration.ofDays(36_500);

    /** For how many times to live a cache is kept; most grids have one or two. */
    private static final int MAX_EXPIRING = 100;

    private final IgniteCache<String, byte[]> cache;
    private final Affinity<String> affinity;

    /** Finds partitions faster than {@link #affinity}, which first checks whether a key is a binary object. */
    private final AffinityFunction partitions;

    private final IgnitePredicate<ClusterNode> servers;
    private final ClusterNode local;
    private final TopologyMonitor changes;
    private final Quorum quorum;
    private final CacheInternals internals;
    private final ConcurrentMap<Duration, IgniteCache<String, byte[]>> expiring = new ConcurrentHashMap<>();

    private Records(Ignite ignite, IgniteCache<String, byte[]> cache) {
        this.cache = cache;
        this.affinity = ignite.affinity(RecordCache.NAME);
        @SuppressWarnings("unchecked") // the configuration is that of this cache
        CacheConfiguration<String, byte[]> actual = cache.getConfiguration(CacheConfiguration.class);
        this.partitions = actual.getAffinity();
        this.servers = actual.getNodeFilter();
        this.local = ignite.cluster().localNode();
        this.changes = new TopologyMonitor(ignite);
        this.quorum = new Quorum(ignite);
        this.internals = new CacheInternals(ignite, RecordCache.NAME);
    }

    /** Returns the records of a grid; creates their cache if there is none yet. */
    public static Records of(Ignite ignite) {
        return new Records(ignite, ignite.getOrCreateCache(RecordCache.configuration()));
    }

    /** Returns whether the cache was destroyed and another of its name has replaced it. */
    public boolean isReplaced() {
        return internals.isReplaced();
    }

    /**
     * Returns the monitor of changes of the grid. If the grid changes during a read, a record that the read misses may
     * exist.
     */
    public TopologyMonitor changes() {
        return changes;
    }

    /** Returns the primary node of a key, which keeps its record. */
    @Nullable
    public ClusterNode primary(String key) {
        return affinity.mapPartitionToNode(partition(key));
    }

    /** Returns the nodes that keep the record of a key. */
    public Collection<ClusterNode> primaryAndBackups(String key) {
        return affinity.mapKeyToPrimaryAndBackups(key);
    }

    /** Returns whether a server may keep records, by the configuration of their cache. */
    public boolean mayBeOn(ClusterNode server) {
        return servers.apply(server);
    }

    /** Returns the partition of a key. */
    public int partition(String key) {
        return partitions.partition(key);
    }

    /** Returns the partitions whose primary node is this one. */
    public Set<Integer> primaryPartitions() {
        return Arrays.stream(affinity.primaryPartitions(local)).boxed().collect(toSet());
    }

    /** Returns whether this node is the primary node of a key. */
    public boolean isPrimary(String key) {
        return affinity.isPrimary(local, key);
    }

    /** Writes a claim if a key has no record; the future has the record that the key had. */
    public IgniteFuture<byte @Nullable []> claim(String key, ClaimRecord claim) {
        return writable().getAndPutIfAbsentAsync(key, claim.bytes());
    }

    /**
     * Runs an entry processor on the entry of a key at its primary node, while the entry is locked. The future has its
     * result. The result is also null if the primary node leaves meanwhile and Ignite 2.17 does not report that; then
     * the processor may have run.
     */
    public <T extends @Nullable Object> IgniteFuture<@Nullable T> atPrimary(
            String key, CacheEntryProcessor<String, byte[], T> action) {
        return writable().invokeAsync(key, action);
    }

    /**
     * Runs an entry processor on each entry of these keys at its primary node, while the entry is locked. The future
     * has the results of all keys.
     */
    public <T extends @Nullable Object> IgniteFuture<Map<String, EntryProcessorResult<T>>> atPrimaries(
            SortedSet<String> keys, CacheEntryProcessor<String, byte[], T> action) {
        return checked(keys, writable().invokeAllAsync(keys, action));
    }

    /** Returns the record of a key. */
    public IgniteFuture<byte @Nullable []> get(String key) {
        return cache.getAsync(key);
    }

    /**
     * Reads the record of a state whose head is known. Blocks on the grid.
     *
     * @throws IllegalStateException if the record is gone, or this node has left the grid
     */
    public byte[] fetch(String key, byte[] head) {
        byte[] record = find(key);
        if (record == null || !StateRecord.startsWith(record, StateRecord.start(head))) {
            throw new IllegalStateException("the grid has no result under key '" + key + "' any more");
        }
        return record;
    }

    /** Reads the record of a key, if it has one. Blocks on the grid, for at most a minute for each answer. */
    public byte @Nullable [] find(String key) {
        return ask(
                () -> cache.getAsync(key).get(Timings.FETCH.toNanos(), TimeUnit.NANOSECONDS), found -> found != null);
    }

    /** Returns whether a key has a record. Blocks on the grid, for at most a minute for each answer. */
    public boolean has(String key) {
        return ask(
                () -> cache.containsKeyAsync(key).get(Timings.FETCH.toNanos(), TimeUnit.NANOSECONDS), found -> found);
    }

    /** Returns the records of these keys. */
    public IgniteFuture<Map<String, byte[]>> getAll(Set<String> keys) {
        return cache.getAllAsync(keys);
    }

    /** Replaces a claim by another one; the future tells whether the old claim was still there. */
    public IgniteFuture<Boolean> replace(String key, ClaimRecord old, ClaimRecord claim) {
        return writable().replaceAsync(key, old.bytes(), claim.bytes());
    }

    /** Replaces the record of a limit; the future tells whether the old one, or none if it is empty, was still there. */
    public IgniteFuture<Boolean> replace(String key, PermitRecord old, PermitRecord record) {
        if (old.shares().isEmpty()) {
            return writable().putIfAbsentAsync(key, record.bytes());
        }
        return record.shares().isEmpty()
                ? writable().removeAsync(key, old.bytes())
                : writable().replaceAsync(key, old.bytes(), record.bytes());
    }

    /** Replaces the record of a state by a claim; the future tells whether the state was there. */
    public IgniteFuture<Boolean> replace(String key, byte[] state, ClaimRecord claim) {
        return writable().replaceAsync(key, state, claim.bytes());
    }

    /** Removes a claim; the future tells whether it was still there. */
    public IgniteFuture<Boolean> remove(String key, ClaimRecord claim) {
        return writable().removeAsync(key, claim.bytes());
    }

    /** Removes the record of a state; the future tells whether it was there. */
    public IgniteFuture<Boolean> remove(String key, byte[] state) {
        return writable().removeAsync(key, state);
    }

    /** Removes the records of the given states; the future tells for each key whether there was one. */
    public IgniteFuture<Map<String, EntryProcessorResult<Boolean>>> removeAll(SortedMap<String, RemoveState> meant) {
        return checked(meant.keySet(), writable().invokeAllAsync(meant));
    }

    /** Writes the record of a state, which expires after the given time. */
    public IgniteFuture<Void> put(String key, byte[] state, Duration timeToLive) {
        return writable(timeToLive).putAsync(key, state);
    }

    /**
     * Writes the records of states, which expire after the given time. If there are several, success does not show that
     * the grid has taken all of them.
     */
    public IgniteFuture<Void> putAll(SortedMap<String, byte[]> states, Duration timeToLive) {
        return writable(timeToLive).putAllAsync(states);
    }

    /**
     * Returns the answers after checking that every key has one, because those of a node that is about to leave may be
     * missing. The thread that brings the answers checks them, not the JVM's common pool, which a user may have filled.
     */
    @SuppressWarnings("serial") // Ignite never serializes this closure
    private static <T extends @Nullable Object> IgniteFuture<Map<String, EntryProcessorResult<T>>> checked(
            Set<String> keys, IgniteFuture<Map<String, EntryProcessorResult<T>>> asked) {
        IgniteClosure<IgniteFuture<Map<String, EntryProcessorResult<T>>>, Map<String, EntryProcessorResult<T>>> check =
                answers -> allOf(keys, answers.get());
        return asked.chainAsync(check, Runnable::run);
    }

    private static <T extends @Nullable Object> Map<String, EntryProcessorResult<T>> allOf(
            Set<String> keys, Map<String, EntryProcessorResult<T>> answers) {
        if (answers.keySet().containsAll(keys)) {
            return answers;
        }
        throw new IgniteException("the grid has answered for " + answers.size() + " keys of " + keys.size());
    }

    /** Restores the record of a state, unless the key has another by now. */
    public IgniteFuture<Boolean> putBack(String key, byte[] state, Duration timeToLive) {
        return writable(timeToLive).putIfAbsentAsync(key, state);
    }

    /** Reads the records of these keys. Blocks on the grid. */
    public Map<String, byte[]> read(Set<String> keys) {
        return keys.isEmpty() ? Map.of() : ask(() -> cache.getAll(keys), found -> found.size() == keys.size());
    }

    /** Asks until everything is found, the grid did not change during the question, or a minute has passed. */
    private <T extends @Nullable Object> T ask(Supplier<T> question, Predicate<T> isAll) {
        Deadline deadline = Deadline.in(Timings.FETCH);
        for (int tries = 1; ; tries++) {
            TopologyMonitor.Moment before = changes.now();
            T found = question.get();
            if (isAll.test(found) || !changes.since(before) || deadline.hasPassed()) {
                return found;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(Timings.GRID_RETRY.delayAfter(tries).toNanos());
            } catch (InterruptedException e) {
                throw new IgniteInterruptedException(e);
            }
        }
    }

    /** Returns the cache to write to, with the given time to live of entries. */
    private IgniteCache<String, byte[]> writable(Duration timeToLive) {
        IgniteCache<String, byte[]> writable = writable();
        if (timeToLive.compareTo(AGES) >= 0) {
            return writable;
        }
        IgniteCache<String, byte[]> known = expiring.get(timeToLive);
        if (known != null) {
            return known;
        }
        return expiring.size() < MAX_EXPIRING
                ? expiring.computeIfAbsent(timeToLive, this::expiringCache)
                : expiringCache(timeToLive);
    }

    /**
     * Returns the cache to write to. The smaller side of a split grid writes nothing, because its records might return
     * when its servers rejoin.
     *
     * @throws NoQuorumException if the grid has too few servers
     */
    private IgniteCache<String, byte[]> writable() {
        Optional<String> lack = quorum.lack();
        if (lack.isPresent()) {
            throw new NoQuorumException(lack.get());
        }
        return cache;
    }

    private IgniteCache<String, byte[]> expiringCache(Duration timeToLive) {
        return cache.withExpiryPolicy(new ModifiedExpiryPolicy(
                new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, timeToLive.toMillis())));
    }
}
