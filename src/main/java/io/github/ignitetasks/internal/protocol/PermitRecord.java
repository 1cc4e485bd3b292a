package io.github.ignitetasks.internal.protocol;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record of a limit that holds for the whole grid: how many of its permits each node has, and how many it wants.
 *
 * @param shares the shares by the id of the node
 */
public record PermitRecord(SortedMap<UUID, Share> shares) {
    private static final byte FIRST_BYTE = 'L';

    /** The beginning of the keys of these records; no key of a user has such a character. */
    private static final String KEY_PREFIX = "\u0000limit/";

    /** Copies the map. */
    public PermitRecord {
        shares = new TreeMap<>(shares);
    }

    /**
     * The share of one node.
     *
     * @param held how many permits the node has
     * @param wanted how many it needs: for the calls that run, and for those that wait
     */
    public record Share(int held, int wanted) {}

    /** Returns the record of a limit of which no node has a permit. */
    public static PermitRecord empty() {
        return new PermitRecord(new TreeMap<>());
    }

    /** Returns the key of the record of a limit. */
    public static String key(String limit) {
        return KEY_PREFIX + limit;
    }

    /** Returns the record with another share of a node; a share of nothing is left out. */
    public PermitRecord with(UUID node, Share share) {
        SortedMap<UUID, Share> changed = new TreeMap<>(shares);
        if (share.held() == 0 && share.wanted() == 0) {
            changed.remove(node);
        } else {
            changed.put(node, share);
        }
        return new PermitRecord(changed);
    }

    /** Returns the bytes for the grid. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FIRST_BYTE);
            out.writeInt(shares.size());
            for (Map.Entry<UUID, Share> share : shares.entrySet()) {
                out.writeLong(share.getKey().getMostSignificantBits());
                out.writeLong(share.getKey().getLeastSignificantBits());
                out.writeInt(share.getValue().held());
                out.writeInt(share.getValue().wanted());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all bytes", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a record from the output of {@link #bytes}; none counts as empty.
     *
     * @throws UncheckedIOException if these bytes are no such record
     */
    public static PermitRecord read(byte @Nullable [] record) {
        if (record == null) {
            return empty();
        }
        SortedMap<UUID, Share> shares = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
            if (in.readByte() != FIRST_BYTE) {
                throw new IOException("it begins with " + record[0]);
            }
            for (int left = in.readInt(); left > 0; left--) {
                shares.put(new UUID(in.readLong(), in.readLong()), new Share(in.readInt(), in.readInt()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("not the record of a limit, or of another version of this library", e);
        }
        return new PermitRecord(shares);
    }
}
