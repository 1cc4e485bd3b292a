package io.github.ignitetasks.ignite;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The record of a key that runs: which node runs it, and on which nodes it ran when they died.
 *
 * @param token tells this claim from every other, also where Ignite reports wrongly whether a write took place
 * @param node the id of the node
 * @param deaths the ids of the nodes that died with it
 */
record ClaimRecord(UUID token, UUID node, List<UUID> deaths) {
    private static final byte FIRST_BYTE = 'C';
    private static final int UUID_BYTES = 16;
    private static final UUID NOBODY = new UUID(0, 0);

    ClaimRecord {
        deaths = List.copyOf(deaths);
    }

    /** Returns a new claim of a node. */
    static ClaimRecord of(UUID node) {
        return new ClaimRecord(UUID.randomUUID(), node, List.of());
    }

    /** Returns a new claim of a node, on what another ran that has died since, or has given up. */
    ClaimRecord takenOverBy(UUID heir) {
        List<UUID> all = new ArrayList<>(deaths);
        if (!node.equals(NOBODY)) {
            all.add(node);
        }
        return new ClaimRecord(UUID.randomUUID(), heir, all);
    }

    /** Returns a new claim of the same node, which does not run the key. */
    ClaimRecord renewed() {
        return new ClaimRecord(UUID.randomUUID(), node, deaths);
    }

    /** Returns what remains of it when its node gives the key up: anybody may take it over, which is no death. */
    ClaimRecord givenUp() {
        return new ClaimRecord(UUID.randomUUID(), NOBODY, deaths);
    }

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(1 + UUID_BYTES * (2 + deaths.size()));
        bytes.put(FIRST_BYTE);
        put(bytes, token);
        put(bytes, node);
        deaths.forEach(death -> put(bytes, death));
        return bytes.array();
    }

    static ClaimRecord read(byte[] record) {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        if (bytes.get() != FIRST_BYTE) {
            throw new IllegalArgumentException("not a claim, but a record that begins with " + record[0]);
        }
        UUID token = get(bytes);
        UUID node = get(bytes);
        List<UUID> deaths = new ArrayList<>();
        while (bytes.hasRemaining()) {
            deaths.add(get(bytes));
        }
        return new ClaimRecord(token, node, deaths);
    }

    private static void put(ByteBuffer bytes, UUID id) {
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID get(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
