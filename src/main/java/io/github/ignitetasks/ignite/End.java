package io.github.ignitetasks.ignite;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a worker tells a session of a key: how it ended, or why its call is to be sent again. */
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

    /**
     * The call could not run, because records of upstreams have expired; put them back and send it again.
     *
     * @param key the key
     * @param upstreams the keys of those upstreams
     */
    record Missing(String key, List<String> upstreams) implements End {}

    /** Writes an end. */
    static void write(End end, DataOutput out) throws IOException {
        if (end instanceof Told told) {
            out.writeByte('T');
            out.writeUTF(told.key());
            out.writeInt(told.record().length);
            out.write(told.record());
        } else if (end instanceof Elsewhere elsewhere) {
            out.writeByte('E');
            out.writeUTF(elsewhere.key());
            out.writeLong(elsewhere.node().getMostSignificantBits());
            out.writeLong(elsewhere.node().getLeastSignificantBits());
        } else if (end instanceof Missing missing) {
            out.writeByte('M');
            out.writeUTF(missing.key());
            out.writeInt(missing.upstreams().size());
            for (String upstream : missing.upstreams()) {
                out.writeUTF(upstream);
            }
        }
    }

    /** Reads an end. */
    static End read(DataInput in) throws IOException {
        byte kind = in.readByte();
        String key = in.readUTF();
        return switch (kind) {
            case 'T' -> {
                byte[] record = new byte[in.readInt()];
                in.readFully(record);
                yield new Told(key, record);
            }
            case 'E' -> new Elsewhere(key, new UUID(in.readLong(), in.readLong()));
            case 'M' -> {
                List<String> upstreams = new ArrayList<>();
                for (int left = in.readInt(); left > 0; left--) {
                    upstreams.add(in.readUTF());
                }
                yield new Missing(key, upstreams);
            }
            default -> throw new StreamCorruptedException("no kind of end: " + kind);
        };
    }
}
