package io.github.ignitetasks.internal.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The record of a key that runs on a node other than its owner: which node runs it, and which nodes died while they ran
 * it.
 *
 * @param token tells this claim from every other, even where Ignite misreports whether a write took place
 * @param node the id of the node
 * @param deaths the ids of the nodes that died with it
 * @param started whether it is known to have started there; this is written only after earlier deaths
 */
public record ClaimRecord(UUID token, UUID node, List<UUID> deaths, boolean started) {
    /** The number of deaths after which a key does not run again. */
    private static final int MAX_DEATHS = 3;

    /** The number of deaths after which a key runs alone, so that the next death shows whether the key is the cause. */
    public static final int DEATHS_TO_RUN_ALONE = MAX_DEATHS - 1;

    private static final byte FIRST_BYTE = 'C';
    private static final byte FIRST_BYTE_STARTED = 'S';
    private static final int UUID_BYTES = 16;
    private static final UUID NOBODY = new UUID(0, 0);
    private static final byte[] NO_OWNER = {'H'};

    /** Copies the list. */
    public ClaimRecord {
        deaths = List.copyOf(deaths);
    }

    /** Returns a new claim of a node, on a key that ran on nodes that have died since. */
    public static ClaimRecord of(UUID node, List<UUID> deaths) {
        return new ClaimRecord(UUID.randomUUID(), node, deaths, false);
    }

    /** Returns this claim, marked as started. */
    public ClaimRecord asStarted() {
        return new ClaimRecord(token, node, deaths, true);
    }

    /** Returns whether the key must run alone: if its node dies too, nothing else can be the cause. */
    public boolean isToRunAlone() {
        return deaths.size() == DEATHS_TO_RUN_ALONE;
    }

    /** Returns whether the key must not run again. */
    public boolean isDeadly() {
        return deaths.size() >= MAX_DEATHS;
    }

    /** Returns the marker that replaces a record while a key has no owner. */
    public static byte[] noOwner() {
        return NO_OWNER.clone();
    }

    /** Returns whether these bytes are that marker. */
    public static boolean isNoOwner(byte[] found) {
        return Arrays.equals(found, NO_OWNER);
    }

    /**
     * Returns a new claim that replaces this one, whose node has died or given it up. A first death counts for every
     * key that the node had. A further one counts only for keys known to have started. The deaths that sessions report
     * never add a third one, because sessions do not know which keys had started.
     */
    public ClaimRecord takenOverBy(ClaimRecord heir) {
        Set<UUID> all = new LinkedHashSet<>(deaths);
        if (!isGivenUp() && (started || deaths.isEmpty())) {
            all.add(node);
        }
        heir.deaths.stream().filter(death -> all.size() < DEATHS_TO_RUN_ALONE).forEach(all::add);
        return of(heir.node, List.copyOf(all));
    }

    /**
     * Returns the claim that remains when its node gives the key up. Any node may take it over, and that counts no
     * death.
     */
    public ClaimRecord givenUp() {
        return of(NOBODY, deaths);
    }

    /** Returns whether this is a claim that was given up. */
    public boolean isGivenUp() {
        return node.equals(NOBODY);
    }

    /** Returns whether that is the record of this claim. */
    public boolean isIn(byte[] record) {
        return Arrays.equals(record, bytes());
    }

    /** Returns the bytes for the grid. */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(1 + UUID_BYTES * (2 + deaths.size()));
        bytes.put(started ? FIRST_BYTE_STARTED : FIRST_BYTE);
        put(bytes, token);
        put(bytes, node);
        deaths.forEach(death -> put(bytes, death));
        return bytes.array();
    }

    /**
     * Reads a claim from the output of {@link #bytes}.
     *
     * @throws IllegalArgumentException if these bytes are no claim
     */
    public static ClaimRecord read(byte[] record) {
        if (RecordVersion.isLater(record)) {
            throw new IllegalArgumentException("not a claim: " + RecordVersion.describe(record));
        }
        if (record.length % UUID_BYTES != 1 || record.length < 1 + 2 * UUID_BYTES) {
            throw new IllegalArgumentException("not a claim, but a record of " + record.length + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(record);
        byte first = bytes.get();
        if (first != FIRST_BYTE && first != FIRST_BYTE_STARTED) {
            throw new IllegalArgumentException("not a claim, but a record that begins with " + record[0]);
        }
        UUID token = get(bytes);
        UUID node = get(bytes);
        List<UUID> deaths = new ArrayList<>();
        while (bytes.hasRemaining()) {
            deaths.add(get(bytes));
        }
        return new ClaimRecord(token, node, deaths, first == FIRST_BYTE_STARTED);
    }

    private static void put(ByteBuffer bytes, UUID id) {
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID get(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
