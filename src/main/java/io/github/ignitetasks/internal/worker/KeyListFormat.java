package io.github.ignitetasks.internal.worker;

import static io.github.ignitetasks.internal.worker.ReportFields.readCount;
import static io.github.ignitetasks.internal.worker.ReportFields.readEnum;
import static io.github.ignitetasks.internal.worker.ReportFields.readText;
import static io.github.ignitetasks.internal.worker.ReportFields.readTime;
import static io.github.ignitetasks.internal.worker.ReportFields.writeText;
import static io.github.ignitetasks.internal.worker.ReportFields.writeTime;

import io.github.ignitetasks.internal.protocol.MessageVersion;
import io.github.ignitetasks.internal.worker.KeyList.ListedKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bytes of a {@link KeyList}, as nodes send it. */
public final class KeyListFormat {
    private KeyListFormat() {}

    /** Returns the bytes of a list. */
    static byte[] write(KeyList list) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(0); // a later version begins with a negative number
            out.writeLong(list.matching());
            out.writeInt(list.first().size());
            for (ListedKey listed : list.first()) {
                writeText(out, listed.key());
                writeText(out, listed.state().name());
                writeText(out, listed.node());
                out.writeBoolean(listed.endTime().isPresent());
                if (listed.endTime().isPresent()) {
                    writeTime(out, listed.endTime().get());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a list.
     *
     * @throws InvalidObjectException if the bytes are no list, or one of a later version
     */
    public static KeyList read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int unusedFirst = MessageVersion.readFirstInt("a list of keys", in);
            long matching = in.readLong();
            List<ListedKey> keys = new ArrayList<>();
            for (int left = readCount(in, KeyList.MAX_KEYS); left > 0; left--) {
                keys.add(new ListedKey(
                        readText(in),
                        readEnum(KeyState.class, in),
                        readText(in),
                        in.readBoolean() ? Optional.of(readTime(in)) : Optional.empty()));
            }
            return new KeyList(matching, keys);
        }
    }
}
