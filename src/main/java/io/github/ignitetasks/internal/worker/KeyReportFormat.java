package io.github.ignitetasks.internal.worker;

import static io.github.ignitetasks.internal.worker.ReportFields.invalid;
import static io.github.ignitetasks.internal.worker.ReportFields.readCall;
import static io.github.ignitetasks.internal.worker.ReportFields.readText;
import static io.github.ignitetasks.internal.worker.ReportFields.writeCall;
import static io.github.ignitetasks.internal.worker.ReportFields.writeText;

import io.github.ignitetasks.internal.protocol.MessageVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The bytes of a {@link KeyReport}, as nodes send it. */
public final class KeyReportFormat {
    private KeyReportFormat() {}

    /** Returns the bytes of a report. */
    static byte[] write(KeyReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            byte[] record = report.record().orElse(new byte[0]);
            out.writeInt(record.length); // first: a later version begins with a negative number
            out.write(record);
            writeText(out, report.node());
            out.writeLong(report.resultBytes());
            out.writeBoolean(report.inFlight());
            out.writeBoolean(report.call().isPresent());
            if (report.call().isPresent()) {
                writeCall(out, report.call().get());
            }
            out.writeBoolean(report.stack().isPresent());
            if (report.stack().isPresent()) {
                writeText(out, report.stack().get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a report.
     *
     * @throws InvalidObjectException if the bytes are no report, or one of a later version
     */
    public static KeyReport read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int length = MessageVersion.readFirstInt("a node's report of a key", in);
            if (length < 0 || length > in.available()) {
                throw invalid("has a record of " + length + " bytes");
            }
            byte[] record = in.readNBytes(length);
            return new KeyReport(
                    readText(in),
                    Optional.of(record).filter(some -> some.length > 0),
                    in.readLong(),
                    in.readBoolean(),
                    in.readBoolean() ? Optional.of(readCall(in)) : Optional.empty(),
                    in.readBoolean() ? Optional.of(readText(in)) : Optional.empty());
        }
    }
}
