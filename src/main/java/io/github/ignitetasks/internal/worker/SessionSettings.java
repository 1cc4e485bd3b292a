package io.github.ignitetasks.internal.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;

/**
 * The settings that a session sends to each node that it uses.
 *
 * @param slots how many slots the node has for the session; 0 leaves that to the node
 * @param timeToLive how long the states of its calls are kept
 * @param inlineResultBytes the size of a record above which its result is not sent to the session, but stays on the grid
 */
public record SessionSettings(int slots, Duration timeToLive, long inlineResultBytes) {

    /** Returns these settings with the slots left to the node. */
    SessionSettings withSlotsOfNode() {
        return new SessionSettings(0, timeToLive, inlineResultBytes);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(slots);
        out.writeLong(timeToLive.toSeconds());
        out.writeLong(inlineResultBytes);
    }

    static SessionSettings readFrom(DataInput in) throws IOException {
        return new SessionSettings(in.readInt(), Duration.ofSeconds(in.readLong()), in.readLong());
    }
}
