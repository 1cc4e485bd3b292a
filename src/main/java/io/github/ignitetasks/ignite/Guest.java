package io.github.ignitetasks.ignite;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/**
 * A session as a worker knows it.
 *
 * @param id tells it from other sessions of the grid
 * @param slots how many slots it asks of each node; 0 leaves that to the node
 * @param timeToLive how long the states of its calls are kept
 */
record Guest(UUID id, int slots, Duration timeToLive) {

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
        out.writeInt(slots);
        out.writeLong(timeToLive.toSeconds());
    }

    static Guest readFrom(DataInput in) throws IOException {
        return new Guest(new UUID(in.readLong(), in.readLong()), in.readInt(), Duration.ofSeconds(in.readLong()));
    }
}
