package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.codec.Sized;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.StreamCorruptedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An update that a worker sends a session about a call, such as how its key ended or why to send the call again. */
public sealed interface CallUpdate {

    /** Returns the key. */
    String key();

    /**
     * The key's state is final.
     *
     * @param key the key
     * @param record its {@link StateRecord}; for a large result from another JVM, only the head
     * @param isFound whether the node found the record instead of running the key
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Told(String key, byte[] record, boolean isFound) implements CallUpdate {

        /** Makes the update of a key whose record was not found. */
        public Told(String key, byte[] record) {
            this(key, record, false);
        }
    }

    /**
     * Another node runs the key; the session asks there.
     *
     * @param key the key
     * @param node the id of that node
     */
    record Elsewhere(String key, UUID node) implements CallUpdate {}

    /**
     * The call could not run, because records of upstreams have expired. The session restores them and sends the call
     * again.
     *
     * @param key the key
     * @param upstreams the keys of those upstreams
     */
    record Missing(String key, List<String> upstreams) implements CallUpdate {}

    /**
     * The call did not start here and never will; the session may send it to any node.
     *
     * @param key the key
     */
    record Returned(String key) implements CallUpdate {}

    /**
     * The call goes on, but holds no slot for a while, so the node has room for another one.
     *
     * @param key the key
     */
    record Paused(String key) implements CallUpdate {}

    /**
     * The call goes on after deaths of its nodes, and is about to run alone on this one, so that another death counts.
     *
     * @param key the key
     * @param deaths the deaths so far
     */
    record RunsAlone(String key, List<NodeDeath> deaths) implements CallUpdate {}

    /**
     * The call runs, and its code tells how far it is.
     *
     * @param key the key
     * @param attempt the number of the attempt that tells it, from 1
     * @param latest how far the attempt is; empty if it follows an attempt that had told something
     */
    record Progress(String key, int attempt, Optional<TaskProgress> latest) implements CallUpdate {}

    /** Returns whether this is the node's last update of the call. */
    default boolean isLast() {
        return !(this instanceof Paused || this instanceof RunsAlone || this instanceof Progress);
    }

    /** Writes an update, without a result whose record is larger than so many bytes. */
    static void write(CallUpdate end, long inlineResultBytes, DataOutput out) throws IOException {
        if (end instanceof Told told) {
            writeKey(out, told.isFound() ? 'F' : 'T', told);
            byte[] record = StateRecord.toSend(told.record(), inlineResultBytes);
            out.writeInt(record.length);
            out.write(record);
        } else if (end instanceof Elsewhere elsewhere) {
            writeKey(out, 'E', elsewhere);
            out.writeLong(elsewhere.node().getMostSignificantBits());
            out.writeLong(elsewhere.node().getLeastSignificantBits());
        } else if (end instanceof Missing missing) {
            writeKey(out, 'M', missing);
            out.writeInt(missing.upstreams().size());
            for (String upstream : missing.upstreams()) {
                out.writeUTF(upstream);
            }
        } else if (end instanceof RunsAlone alone) {
            writeKey(out, 'A', alone);
            NodeDeath.writeAll(alone.deaths(), out);
        } else if (end instanceof Progress progress) {
            writeKey(out, 'G', progress);
            writeProgress(progress, out);
        } else {
            writeKey(out, end instanceof Returned ? 'R' : 'P', end);
        }
    }

    private static void writeProgress(Progress progress, DataOutput out) throws IOException {
        out.writeInt(progress.attempt());
        out.writeBoolean(progress.latest().isPresent());
        if (progress.latest().isPresent()) {
            TaskProgress latest = progress.latest().get();
            out.writeLong(latest.done());
            out.writeLong(latest.total());
            out.writeUTF(latest.text());
            out.writeLong(latest.time().toEpochMilli());
        }
    }

    private static Progress readProgress(String key, DataInput in) throws IOException {
        int attempt = in.readInt();
        if (!in.readBoolean()) {
            return new Progress(key, attempt, Optional.empty());
        }
        try {
            return new Progress(
                    key,
                    attempt,
                    Optional.of(new TaskProgress(
                            in.readLong(), in.readLong(), in.readUTF(), Instant.ofEpochMilli(in.readLong()))));
        } catch (IllegalArgumentException e) {
            throw new InvalidObjectException("the progress of key '" + key + "' is refused: " + e.getMessage());
        }
    }

    private static void writeKey(DataOutput out, char kind, CallUpdate end) throws IOException {
        out.writeByte(kind);
        out.writeUTF(end.key());
    }

    /** Reads an update. */
    static CallUpdate read(DataInput in) throws IOException {
        byte kind = in.readByte();
        String key = in.readUTF();
        return switch (kind) {
            case 'T' -> new Told(key, Sized.readBytes(in));
            case 'F' -> new Told(key, Sized.readBytes(in), true);
            case 'E' -> new Elsewhere(key, new UUID(in.readLong(), in.readLong()));
            case 'M' -> {
                List<String> upstreams = new ArrayList<>();
                for (int left = Sized.readCount(in); left > 0; left--) {
                    upstreams.add(in.readUTF());
                }
                yield new Missing(key, upstreams);
            }
            case 'A' -> new RunsAlone(key, NodeDeath.readAll(in));
            case 'G' -> readProgress(key, in);
            case 'R' -> new Returned(key);
            case 'P' -> new Paused(key);
            default -> throw new StreamCorruptedException("no kind of end: " + kind);
        };
    }
}
