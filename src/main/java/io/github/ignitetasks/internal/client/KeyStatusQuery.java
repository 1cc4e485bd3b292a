package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.internal.base.Deadline;
import io.github.ignitetasks.internal.compat.Causes;
import io.github.ignitetasks.internal.compat.TopologyMonitor;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.worker.AcquirePartitions;
import io.github.ignitetasks.internal.worker.QueryKeyStatus;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteClientDisconnectedException;
import org.apache.ignite.IgniteInterruptedException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.cluster.ClusterTopologyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blocking query for the status of a key on a grid.
 *
 * @param ignite the node that asks
 * @param records the grid's records
 */
record KeyStatusQuery(Ignite ignite, Records records) {
    private static final Logger LOG = LoggerFactory.getLogger(KeyStatusQuery.class);

    /**
     * Returns the status of a key on the grid.
     *
     * @throws IllegalStateException if the grid cannot be asked, or does not answer within a minute
     * @throws TaskInterruptedException if this thread is interrupted
     */
    KeyStatus at(String key) {
        try {
            return RunningCall.lendSlotWhile(() -> "the status of task '" + key + "'", () -> ask(key));
        } catch (InterruptedException | IgniteInterruptedException e) {
            throw new TaskInterruptedException("interrupted while the grid was asked for key '" + key + "'", e);
        }
    }

    private KeyStatus ask(String key) throws InterruptedException {
        Deadline deadline = Deadline.in(ClientTimings.STATUS);
        for (int failures = 1; ; failures++) {
            Optional<KeyStatus> answer = answer(key, deadline);
            if (answer.isPresent()) {
                return answer.get();
            }
            if (deadline.left().isZero()) {
                throw new IllegalStateException("the grid did not answer within " + ClientTimings.STATUS
                        + " for the status of key '" + key + "'");
            }
            TimeUnit.NANOSECONDS.sleep(
                    ClientTimings.STATUS_RETRY.delayAfter(failures).toNanos());
        }
    }

    /** Returns the grid's answer; empty if the grid must be asked again. */
    private Optional<KeyStatus> answer(String key, Deadline deadline) {
        try {
            TopologyMonitor.Moment before = records.changes().now();
            byte[] found = records.atPrimary(key, new QueryKeyStatus()).get(left(deadline), TimeUnit.NANOSECONDS);
            if (found != null && ClaimRecord.isNoOwner(found)) {
                acquireAtPrimary(key, deadline);
                return Optional.empty();
            }
            if (found == null && records.changes().since(before)) {
                return Optional.empty();
            }
            return Optional.of(status(found));
        } catch (RuntimeException e) {
            if (!Causes.have(e, ClusterTopologyException.class, IgniteClientDisconnectedException.class)) {
                throw e instanceof IgniteInterruptedException
                        ? e
                        : new IllegalStateException("the grid could not be asked for key '" + key + "'", e);
            }
            LOG.debug("the grid is asked again for key '{}', as a node left while it was", key, e);
            return Optional.empty();
        }
    }

    private static KeyStatus status(byte @Nullable [] found) {
        if (found == null) {
            return KeyStatus.UNKNOWN;
        }
        if (StateRecord.isState(found)) {
            return KeyStatus.of(StateRecord.type(found));
        }
        return ClaimRecord.read(found).isGivenUp() ? KeyStatus.UNKNOWN : KeyStatus.RUNNING;
    }

    private void acquireAtPrimary(String key, Deadline deadline) {
        ClusterNode primary = records.primary(key);
        if (primary != null) {
            ignite.compute(ignite.cluster().forNode(primary))
                    .runAsync(new AcquirePartitions())
                    .get(left(deadline), TimeUnit.NANOSECONDS);
        }
    }

    private static long left(Deadline deadline) {
        return Math.max(1, deadline.left().toNanos());
    }
}
