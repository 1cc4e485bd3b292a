package io.github.ignitetasks.internal.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * The record of a key that runs on a node other than its owner, or that has crash retries: which node runs it, and which
 * nodes died while they ran it.
 *
 * @param token tells this claim from every other, even where Ignite misreports whether a write took place
 * @param node the id of the node
 * @param deaths the ids of the nodes that died with it
 * @param started whether it is known to have started there; this is written after earlier deaths, and for each key with
 *     crash retries
 * @param crashRetries how often the key may run again after its node died; empty for the default rule
 */
public record ClaimRecord(UUID token, UUID node, List<UUID> deaths, boolean started, OptionalInt crashRetries) {
    /** The number of deaths after which a key does not run again. */
    private static final int MAX_DEATHS = 3;

    /** The number of deaths after which a key runs alone, so that the next death shows whether the key is the cause. */
    public static final int DEATHS_TO_RUN_ALONE = MAX_DEATHS - 1;

    private static final byte FIRST_BYTE = 'C';
    private static final byte FIRST_BYTE_STARTED = 'S';
    private static final byte FIRST_BYTE_COUNTED = 'D';
    private static final byte FIRST_BYTE_COUNTED_STARTED = 'T';
    private static final int UUID_BYTES = 16;
    private static final UUID NOBODY = new UUID(0, 0);
    private static final byte[] NO_OWNER = {'H'};

    /** Copies the list. */
    public ClaimRecord {
        deaths = List.copyOf(deaths);
    }

    /** Returns a new claim of a node under the default rule, on a key that ran on nodes that have died since. */
    public static ClaimRecord of(UUID node, List<UUID> deaths) {
        return of(node, deaths, OptionalInt.empty());
    }

    /** Returns a new claim of a node, on a key that ran on nodes that have died since. */
    public static ClaimRecord of(UUID node, List<UUID> deaths, OptionalInt crashRetries) {
        return new ClaimRecord(UUID.randomUUID(), node, deaths, false, crashRetries);
    }

    /** Returns this claim, marked as started. */
    public ClaimRecord asStarted() {
        return new ClaimRecord(token, node, deaths, true, crashRetries);
    }

    /** Returns whether each death counts with which the key had started, and no other. */
    public boolean countsStarts() {
        return crashRetries.isPresent();
    }

    /** Returns whether the key must run alone: if its node dies too, nothing else can be the cause. */
    public boolean isToRunAlone() {
        return !countsStarts() && deaths.size() == DEATHS_TO_RUN_ALONE;
    }

    /** Returns whether the key must not run again. */
    public boolean isDeadly() {
        return deaths.size() > crashRetries.orElse(MAX_DEATHS - 1);
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
     * Returns a new claim that replaces this one, whose node has died or given it up. The rule of this claim holds for the
     * key. By the default rule a first death counts for every key that the node had, and a further one for keys known to
     * have started. The deaths that sessions report never add a third one, because sessions do not know which keys had
     * started. With crash retries a death counts if the key had started, and this claim alone tells that.
     */
    public ClaimRecord takenOverBy(ClaimRecord heir) {
        OptionalInt rule = countsStarts() ? crashRetries : heir.crashRetries;
        if (rule.isPresent()) {
            return of(heir.node, !isGivenUp() && started ? deathsAndThis() : deaths, rule);
        }
        Set<UUID> all = new LinkedHashSet<>(deaths);
        if (!isGivenUp() && (started || deaths.isEmpty())) {
            all.add(node);
        }
        heir.deaths.stream().filter(death -> all.size() < DEATHS_TO_RUN_ALONE).forEach(all::add);
        return of(heir.node, List.copyOf(all), rule);
    }

    /** Returns the deaths and one more, of this claim's node, which may be there twice: each run counts. */
    private List<UUID> deathsAndThis() {
        List<UUID> all = new ArrayList<>(deaths);
        all.add(node);
        return all;
    }

    /**
     * Returns the claim that remains when its node gives the key up. Any node may take it over, and that counts no
     * death.
     */
    public ClaimRecord givenUp() {
        return of(NOBODY, deaths, crashRetries);
    }

    /** Returns the claim that remains when the key has run and its state cannot be recorded: its run counts as a death. */
    public ClaimRecord usedUp() {
        return of(NOBODY, deathsAndThis(), crashRetries);
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
        int ofRule = countsStarts() ? Integer.BYTES : 0;
        ByteBuffer bytes = ByteBuffer.allocate(1 + UUID_BYTES * (2 + deaths.size()) + ofRule);
        bytes.put(firstByte());
        put(bytes, token);
        put(bytes, node);
        deaths.forEach(death -> put(bytes, death));
        crashRetries.ifPresent(bytes::putInt);
        return bytes.array();
    }

    private byte firstByte() {
        if (countsStarts()) {
            return started ? FIRST_BYTE_COUNTED_STARTED : FIRST_BYTE_COUNTED;
        }
        return started ? FIRST_BYTE_STARTED : FIRST_BYTE;
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
        byte first = record[0];
        boolean counts = first == FIRST_BYTE_COUNTED || first == FIRST_BYTE_COUNTED_STARTED;
        boolean started = first == FIRST_BYTE_STARTED || first == FIRST_BYTE_COUNTED_STARTED;
        if (!counts && !started && first != FIRST_BYTE) {
            throw new IllegalArgumentException("not a claim, but a record that begins with " + first);
        }
        int ofRule = counts ? Integer.BYTES : 0;
        if ((record.length - ofRule) % UUID_BYTES != 1 || record.length < 1 + 2 * UUID_BYTES + ofRule) {
            throw new IllegalArgumentException("not a claim, but a record of " + record.length + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(record, 1, record.length - 1);
        UUID token = get(bytes);
        UUID node = get(bytes);
        List<UUID> deaths = new ArrayList<>();
        while (bytes.remaining() > ofRule) {
            deaths.add(get(bytes));
        }
        return new ClaimRecord(
                token, node, deaths, started, counts ? OptionalInt.of(bytes.getInt()) : OptionalInt.empty());
    }

    private static void put(ByteBuffer bytes, UUID id) {
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID get(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
