package io.github.ignitetasks.internal.protocol;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The record of a limit that holds for the whole grid: how many of its permits each node has, and how many it wants.
 *
 * @param shares the shares by the id of the node
 */
public record PermitRecord(SortedMap<UUID, Share> shares) {
    private static final byte FIRST_BYTE = 'L';

    /** The beginning of the keys of the library's own records; no key of a user has such a character. */
    private static final String LIBRARY_PREFIX = "\u0000";

    private static final String KEY_PREFIX = LIBRARY_PREFIX + "limit/";

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
    public record Share(int held, int wanted) {
        /** Returns how many permits the node lacks. */
        public int missing() {
            return Math.max(0, wanted - held);
        }
    }

    /** Returns the record of a limit of which no node has a permit. */
    public static PermitRecord empty() {
        return new PermitRecord(new TreeMap<>());
    }

    /** Returns the key of the record of a limit. */
    public static String key(String limit) {
        return KEY_PREFIX + limit;
    }

    /** Returns whether a key is one of the library's own, and no key of a user. */
    static boolean isKeyOfLibrary(String key) {
        return key.startsWith(LIBRARY_PREFIX);
    }

    /** Returns the share of a node. */
    public Share share(UUID node) {
        return shares.getOrDefault(node, new Share(0, 0));
    }

    /** Returns the record with the shares of some nodes alone. */
    public PermitRecord only(Predicate<UUID> nodes) {
        SortedMap<UUID, Share> kept = new TreeMap<>(shares);
        kept.keySet().removeIf(nodes.negate());
        return new PermitRecord(kept);
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
        PermitRecord read;
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
            if (in.readByte() != FIRST_BYTE) {
                throw new IOException("it begins with " + record[0]);
            }
            read = readShares(in);
        } catch (IOException e) {
            throw new UncheckedIOException("not the record of a limit, or of another version of this library", e);
        }
        if (!Arrays.equals(read.bytes(), record)) {
            throw new UncheckedIOException(
                    "not the record of a limit", new IOException("it has more bytes than it needs"));
        }
        return read;
    }

    private static PermitRecord readShares(DataInputStream in) throws IOException {
        SortedMap<UUID, Share> shares = new TreeMap<>();
        int number = in.readInt();
        for (int i = 0; i < number; i++) {
            UUID node = new UUID(in.readLong(), in.readLong());
            Share share = new Share(in.readInt(), in.readInt());
            if (share.held() < 0 || share.wanted() < 0 || share.held() + share.wanted() == 0) {
                throw new IOException("node " + node + " has " + share); // too many permits might seem to be free
            }
            shares.put(node, share);
        }
        if (shares.isEmpty() || shares.size() != number) {
            throw new IOException("it has " + shares.size() + " nodes instead of " + number);
        }
        return new PermitRecord(shares);
    }
}
