package io.github.ignitetasks.internal.worker;

import static io.github.ignitetasks.internal.worker.ReportFields.readCall;
import static io.github.ignitetasks.internal.worker.ReportFields.readCount;
import static io.github.ignitetasks.internal.worker.ReportFields.readEnum;
import static io.github.ignitetasks.internal.worker.ReportFields.readText;
import static io.github.ignitetasks.internal.worker.ReportFields.readTime;
import static io.github.ignitetasks.internal.worker.ReportFields.writeCall;
import static io.github.ignitetasks.internal.worker.ReportFields.writeText;
import static io.github.ignitetasks.internal.worker.ReportFields.writeTime;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.NodeReport.RecentFailure;
import io.github.ignitetasks.internal.events.TaskCounts.Counts;
import io.github.ignitetasks.internal.protocol.MessageVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The bytes of a {@link NodeReport}, as nodes send it. */
public final class NodeReportFormat {
    private NodeReportFormat() {}

    /** Returns the bytes of a report. */
    static byte[] write(NodeReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(report.slots()); // first: a later version begins with a negative number
            out.writeInt(report.freeSlots());
            out.writeInt(report.inFlight());
            writeText(out, report.node());
            out.writeLong(report.id().getMostSignificantBits());
            out.writeLong(report.id().getLeastSignificantBits());
            writeTime(out, report.time());
            out.writeLong(report.heapUsed());
            out.writeLong(report.heapMax());
            out.writeDouble(report.cpu());
            out.writeLong(report.records());
            out.writeLong(report.memoryUsed());
            out.writeInt(report.byName().size());
            for (Map.Entry<String, Counts> counts : new TreeMap<>(report.byName()).entrySet()) {
                writeText(out, counts.getKey());
                writeCounts(out, counts.getValue());
            }
            out.writeInt(report.activeCalls());
            out.writeInt(report.calls().size());
            for (ActiveCall call : report.calls()) {
                writeCall(out, call);
            }
            out.writeInt(report.failures().size());
            for (RecentFailure failure : report.failures()) {
                writeFailure(out, failure);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void writeCounts(DataOutputStream out, Counts counts) throws IOException {
        out.writeLong(counts.submitted());
        out.writeLong(counts.running());
        out.writeLong(counts.retries());
        out.writeInt(counts.ended().size());
        for (Map.Entry<StateType, Long> ended : new TreeMap<>(counts.ended()).entrySet()) {
            writeText(out, ended.getKey().name());
            out.writeLong(ended.getValue());
        }
    }

    private static void writeFailure(DataOutputStream out, RecentFailure failure) throws IOException {
        writeText(out, failure.key());
        writeText(out, failure.name());
        writeTime(out, failure.time());
        writeText(out, failure.state().name());
        out.writeInt(failure.attempt());
        writeText(out, failure.failure().type());
        writeText(out, failure.failure().message());
        writeText(out, failure.failure().stackTrace());
    }

    /**
     * Reads a report.
     *
     * @throws InvalidObjectException if the bytes are no report, or one of a later version
     */
    public static NodeReport read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int slots = MessageVersion.readFirstInt("a node's report", in);
            return new NodeReport(
                    slots,
                    in.readInt(),
                    in.readInt(),
                    readText(in),
                    new UUID(in.readLong(), in.readLong()),
                    readTime(in),
                    in.readLong(),
                    in.readLong(),
                    in.readDouble(),
                    in.readLong(),
                    in.readLong(),
                    readByName(in),
                    in.readInt(),
                    readCalls(in),
                    readFailures(in));
        }
    }

    private static Map<String, Counts> readByName(DataInputStream in) throws IOException {
        Map<String, Counts> byName = new HashMap<>();
        for (int left = readCount(in, NodeReport.MAX_CALLS); left > 0; left--) {
            String name = readText(in);
            long submitted = in.readLong();
            long running = in.readLong();
            long retries = in.readLong();
            byName.put(name, new Counts(submitted, running, readEnded(in), 0, retries));
        }
        return byName;
    }

    private static Map<StateType, Long> readEnded(DataInputStream in) throws IOException {
        Map<StateType, Long> ended = new EnumMap<>(StateType.class);
        for (int left = readCount(in, NodeReport.MAX_CALLS); left > 0; left--) {
            ended.put(readEnum(StateType.class, in), in.readLong());
        }
        return ended;
    }

    private static List<ActiveCall> readCalls(DataInputStream in) throws IOException {
        List<ActiveCall> calls = new ArrayList<>();
        for (int left = readCount(in, NodeReport.MAX_CALLS); left > 0; left--) {
            calls.add(readCall(in));
        }
        return calls;
    }

    private static List<RecentFailure> readFailures(DataInputStream in) throws IOException {
        List<RecentFailure> failures = new ArrayList<>();
        for (int left = readCount(in, NodeReport.MAX_CALLS); left > 0; left--) {
            failures.add(new RecentFailure(
                    readText(in),
                    readText(in),
                    readTime(in),
                    readEnum(StateType.class, in),
                    in.readInt(),
                    Failure.ofText(readText(in), readText(in), readText(in))));
        }
        return failures;
    }
}
