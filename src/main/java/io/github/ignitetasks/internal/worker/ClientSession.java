package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.protocol.MessageVersion;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/**
 * A session as one worker knows it.
 *
 * @param id tells it from the other sessions that use the worker
 * @param node the id of the node that the session uses: when that leaves, so does the session
 * @param settings its settings for the worker
 */
public record ClientSession(UUID id, UUID node, SessionSettings settings) {
    /** The placeholder in an exchange that is about to be deserialized. */
    static final ClientSession NOBODY =
            new ClientSession(new UUID(0, 0), new UUID(0, 0), new SessionSettings(0, Duration.ZERO, 0));

    void writeTo(DataOutput out) throws IOException {
        write(out, id);
        write(out, node);
        settings.writeTo(out);
    }

    /** Reads the session with which a message of this name begins. */
    static ClientSession readFrom(String message, DataInput in) throws IOException {
        UUID id = new UUID(MessageVersion.readFirstLong(message, in), in.readLong());
        return new ClientSession(id, read(in), SessionSettings.readFrom(in));
    }

    private static void write(DataOutput out, UUID uuid) throws IOException {
        out.writeLong(uuid.getMostSignificantBits());
        out.writeLong(uuid.getLeastSignificantBits());
    }

    private static UUID read(DataInput in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }
}
