package io.github.ignitetasks.internal.protocol;

import io.github.ignitetasks.FailedAttempt;
import io.github.ignitetasks.internal.codec.Utf;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The section of a {@link StateRecord} with the failed attempts: its length in bytes, their number, and each of them. */
final class FailedAttempts {
    private FailedAttempts() {}

    static void write(DataOutputStream out, List<FailedAttempt> attempts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream section = new DataOutputStream(bytes);
        section.writeInt(attempts.size());
        for (FailedAttempt attempt : attempts) {
            section.writeInt(attempt.number());
            section.writeLong(StateRecord.micros(attempt.startTime()));
            section.writeLong(StateRecord.micros(attempt.endTime()));
            section.writeUTF(attempt.node());
            StateRecord.writeFailureText(section, attempt.failure());
        }
        out.writeInt(bytes.size());
        bytes.writeTo(out);
    }

    /** Reads the section, and moves to its end. */
    static List<FailedAttempt> read(ByteBuffer in) throws IOException {
        int length = length(in, in.position());
        ByteBuffer section = in.slice(in.position() + Integer.BYTES, length - Integer.BYTES);
        in.position(in.position() + length);
        List<FailedAttempt> attempts = new ArrayList<>();
        for (int left = section.getInt(); left > 0; left--) {
            attempts.add(new FailedAttempt(
                    section.getInt(),
                    StateRecord.instant(section.getLong()),
                    StateRecord.instant(section.getLong()),
                    Utf.read(section),
                    StateRecord.readFailureText(section)));
        }
        return List.copyOf(attempts);
    }

    /** Returns the number of bytes of the section at a position, with those that tell its length. */
    static int length(ByteBuffer record, int start) throws EOFException {
        int room = record.limit() - start - Integer.BYTES;
        int length = room < 0 ? -1 : record.getInt(start);
        if (length < 0 || length > room) {
            throw new EOFException("failed attempts are cut off, with " + length + " of " + room + " bytes");
        }
        return Integer.BYTES + length;
    }
}
