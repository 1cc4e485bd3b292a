package io.github.ignitetasks.ignite;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.UUID;

/** What a worker tells a session of a key: how it ended, or which other node runs it. */
sealed interface End {

    /** Returns the key. */
    String key();

    /**
     * The key's state is final.
     *
     * @param key the key
     * @param record its {@link StateRecord}
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Told(String key, byte[] record) implements End {}

    /**
     * Another node runs the key; ask there.
     *
     * @param key the key
     * @param node the id of that node
     */
    record Elsewhere(String key, UUID node) implements End {}

    /** Writes an end. */
    static void write(End end, DataOutput out) throws IOException {
        out.writeUTF(end.key());
        out.writeBoolean(end instanceof Told);
        if (end instanceof Told told) {
            out.writeInt(told.record().length);
            out.write(told.record());
        } else if (end instanceof Elsewhere elsewhere) {
            out.writeLong(elsewhere.node().getMostSignificantBits());
            out.writeLong(elsewhere.node().getLeastSignificantBits());
        }
    }

    /** Reads an end. */
    static End read(DataInput in) throws IOException {
        String key = in.readUTF();
        if (in.readBoolean()) {
            byte[] record = new byte[in.readInt()];
            in.readFully(record);
            return new Told(key, record);
        }
        return new Elsewhere(key, new UUID(in.readLong(), in.readLong()));
    }
}
