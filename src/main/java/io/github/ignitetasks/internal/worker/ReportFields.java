package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.events.ActiveCall;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The values of which the reports of nodes consist, as bytes. The readers refuse what no writer writes. */
final class ReportFields {
    /** The longest text that is read, in bytes; a stack trace is the longest. */
    private static final int MAX_TEXT = 1_000_000;

    private ReportFields() {}

    static void writeCall(DataOutputStream out, ActiveCall call) throws IOException {
        writeText(out, call.key());
        writeText(out, call.name().orElse(""));
        writeText(out, call.flowRun().orElse(""));
        out.writeInt(call.attempt());
        writeText(out, call.phase().name());
        writeText(out, call.waitsFor().orElse(""));
        out.writeLong(call.elapsed().toNanos());
        out.writeBoolean(call.progress().isPresent());
        if (call.progress().isPresent()) {
            TaskProgress progress = call.progress().get();
            out.writeLong(progress.done());
            out.writeLong(progress.total());
            writeText(out, progress.text());
            writeTime(out, progress.time());
        }
    }

    static ActiveCall readCall(DataInputStream in) throws IOException {
        return new ActiveCall(
                readText(in),
                readOptional(in),
                readOptional(in),
                in.readInt(),
                readEnum(ActiveCall.Phase.class, in),
                readOptional(in),
                Duration.ofNanos(in.readLong()),
                in.readBoolean() ? Optional.of(readProgress(in)) : Optional.empty());
    }

    private static TaskProgress readProgress(DataInputStream in) throws IOException {
        long done = in.readLong();
        long total = in.readLong();
        try {
            return new TaskProgress(done, total, readText(in), readTime(in));
        } catch (IllegalArgumentException e) {
            throw invalid("has a progress of " + done + " of " + total);
        }
    }

    static int readCount(DataInputStream in, int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw invalid("has a list of " + count);
        }
        return count;
    }

    static <E extends Enum<E>> E readEnum(Class<E> type, DataInputStream in) throws IOException {
        String name = readText(in);
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw invalid("has the unknown " + type.getSimpleName() + " '" + name + "'");
        }
    }

    private static Optional<String> readOptional(DataInputStream in) throws IOException {
        return Optional.of(readText(in)).filter(text -> !text.isEmpty());
    }

    static void writeTime(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.toEpochMilli());
    }

    static Instant readTime(DataInputStream in) throws IOException {
        return Instant.ofEpochMilli(in.readLong());
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, MAX_TEXT);
        out.writeInt(length);
        out.write(utf8, 0, length);
    }

    static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_TEXT) {
            throw invalid("has a text of " + length + " bytes");
        }
        byte[] utf8 = in.readNBytes(length);
        if (utf8.length < length) {
            throw invalid("ends within a text");
        }
        return new String(utf8, StandardCharsets.UTF_8);
    }

    static InvalidObjectException invalid(String what) {
        return new InvalidObjectException("a node's report " + what + ", and cannot be read");
    }
}
