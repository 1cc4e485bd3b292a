package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.execution.Timings;
import io.github.ignitetasks.internal.protocol.PermitRecord;
import io.github.ignitetasks.internal.protocol.PermitRecord.Share;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The permits that a node has of a limit, and the rules by which their number changes.
 *
 * <p>While no other node misses a permit, a node takes what it can use. If some do, it keeps what it has for a {@linkplain
 * Timings#PERMIT_LEASE lease}. Then it hands over what exceeds its fair part, each permit when its call ends. The node
 * that gets a permit is one with the fewest, and the next one in a ring. So each node has its turn.
 *
 * <p>Its owner guards it.
 */
final class PermitShare {
    private final UUID node;

    private int most;
    private int held;
    private int inUse;
    private long heldSince;

    /** How many permits the node keeps after its lease, for the sake of others. */
    private long keep = Long.MAX_VALUE;

    /** How many permits the node has given up since it last used the record, so that it takes none back. */
    private int givenUp;

    /** How many of these the latest decision takes into account. */
    private int decided;

    /** Whether a call found no permit, as far as the node knows. */
    private boolean missed;

    /** Makes the share of a node without permits. */
    PermitShare(UUID node) {
        this.node = node;
    }

    /** Takes a permit; returns false if none is free. */
    boolean tryTake(int limit) {
        if (inUse >= Math.min(held, limit)) {
            return false;
        }
        inUse++;
        return true;
    }

    /** Notes that a call misses a permit; returns whether the node wants more than before. */
    boolean miss(int limit) {
        boolean isNew = !missed || limit > most;
        most = missed ? Math.max(most, limit) : limit;
        missed = true;
        return isNew;
    }

    /** Forgets that calls missed permits; those that still do will tell again. */
    void forgetMissed() {
        missed = false;
    }

    /** Gives a permit back; returns whether the node gives it up, for the sake of others. */
    boolean giveBack(long now) {
        inUse--;
        boolean givesUp = held > keep && isLeaseOver(now);
        if (givesUp) {
            held--;
            givenUp++;
        }
        return givesUp;
    }

    private boolean isLeaseOver(long now) {
        return now - heldSince > Timings.PERMIT_LEASE.toNanos();
    }

    /** Returns how many calls have a permit. */
    int inUse() {
        return inUse;
    }

    /**
     * Decides the next record. The node stops using the permits that it gives up now. It may use the permits that it gets
     * once the record is written.
     *
     * @param found the record with the shares of living nodes alone
     * @param freeSlots how many calls the node could start now
     * @param now the time, by {@code System.nanoTime}
     */
    PermitRecord decide(PermitRecord found, int freeSlots, long now) {
        Others others = Others.of(found, node);
        int had = found.share(node).held();
        int wanted = missed ? (int) Math.max(inUse, Math.min(most, (long) inUse + Math.max(1, freeSlots))) : inUse;
        long part = most / others.nodes();
        keep = others.missing() == 0 ? Long.MAX_VALUE : Math.max(part, held - others.missing());
        boolean isToShrink = givenUp == 0 && held > 0 && had <= held && isLeaseOver(now);
        long free = Math.max(0, most - others.held());
        long ceiling = others.missing() == 0 ? wanted : isToShrink ? keep : ceiling(had, others);
        int next = (int) Math.max(inUse, Math.min(Math.min(wanted, free), ceiling));
        if (isToShrink) {
            givenUp = Math.max(0, held - next);
        }
        decided = givenUp;
        held = Math.min(held, next);
        PermitRecord record = found.with(node, new Share(next, wanted));
        return handOver(record, Math.min((long) had - next, free - next));
    }

    /** Returns how many permits the node may have while others miss some, before its lease is over. */
    private long ceiling(int had, Others others) {
        return givenUp > 0 ? held : Math.max(had, (most - 1) / others.nodes() + 1);
    }

    /** The permits that the other nodes have and miss, and the number of nodes with this one. */
    private record Others(long held, long missing, int nodes) {
        static Others of(PermitRecord record, UUID node) {
            long held = 0;
            long missing = 0;
            int nodes = 1;
            for (Map.Entry<UUID, Share> other : record.shares().entrySet()) {
                if (!other.getKey().equals(node)) {
                    held += other.getValue().held();
                    missing += other.getValue().missing();
                    nodes++;
                }
            }
            return new Others(held, missing, nodes);
        }
    }

    private PermitRecord handOver(PermitRecord record, long permits) {
        PermitRecord next = record;
        for (long left = permits; left > 0; left--) {
            Optional<UUID> heir = heir(next);
            if (heir.isEmpty()) {
                return next;
            }
            Share share = next.share(heir.get());
            next = next.with(heir.get(), new Share(share.held() + 1, share.wanted()));
        }
        return next;
    }

    private Optional<UUID> heir(PermitRecord record) {
        return record.shares().entrySet().stream()
                .filter(other ->
                        !other.getKey().equals(node) && other.getValue().missing() > 0)
                .min(Comparator.<Map.Entry<UUID, Share>>comparingInt(
                                other -> other.getValue().held())
                        .thenComparing(other -> other.getKey().compareTo(node) < 0)
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    /**
     * Uses the permits that the record has for the node, as it decided last.
     *
     * @param now the time, by {@code System.nanoTime}
     * @return whether the node has more permits now
     */
    boolean use(int permits, long now) {
        givenUp -= decided;
        decided = 0;
        int usable = permits - givenUp;
        if (usable <= held) {
            return false;
        }
        held = usable;
        heldSince = now;
        missed = false; // the calls that still miss one tell again
        return true;
    }

    /** Returns whether the node has to look at the record again although nothing happens. */
    boolean isInUse() {
        return held > 0 || missed;
    }
}
