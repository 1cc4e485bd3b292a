package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.NearData;
import io.github.ignitetasks.Requirements;
import io.github.ignitetasks.Retries;
import io.github.ignitetasks.internal.codec.Sized;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The form of a call's options in messages. The policies that most calls have come first; flags tell which others
 * follow, so that a plain call has no bytes for them.
 */
final class CallOptionsFormat {
    private static final int WITH_DELAYS = 8;
    private static final int WITH_TTL = 16;
    private static final int FORGETS_FAILURES = 32;
    private static final int NEAR_DATA = 64;

    /** The flag for a second byte of flags. */
    private static final int MORE = 128;

    /** The flags that this class uses, in a byte that it shares with {@link CallRequest}. */
    static final int ALL_FLAGS = WITH_DELAYS | WITH_TTL | FORGETS_FAILURES | NEAR_DATA | MORE;

    private static final int WITH_NAME = 1;
    private static final int WITH_FLOW_RUN = 2;
    private static final int WITH_CRASH_RETRIES = 4;
    private static final int WITH_PRIORITY = 8;
    private static final int WITH_REQUIREMENTS = 16;
    private static final int WITH_DEADLINE = 32;

    /** The flag for a call that carries a trace context, which {@link CallRequest} writes; it is no option. */
    private static final int TRACED = 64;

    private static final int ALL_MORE =
            WITH_NAME | WITH_FLOW_RUN | WITH_CRASH_RETRIES | WITH_PRIORITY | WITH_REQUIREMENTS | WITH_DEADLINE | TRACED;

    private CallOptionsFormat() {}

    static void writePolicies(CallOptions options, DataOutput out) throws IOException {
        writeDuration(out, options.timeout());
        out.writeInt(options.retries().number());
        writeDuration(out, options.retries().baseDelays().get(0));
    }

    static CallOptions readPolicies(DataInput in) throws IOException {
        return checked(
                () -> CallOptions.none().withTimeout(readDuration(in)).withRetries(in.readInt(), readDuration(in)));
    }

    static int flags(CallOptions options, boolean traced) {
        return (hasDelays(options.retries()) ? WITH_DELAYS : 0)
                | (options.resultTtl().isPresent() ? WITH_TTL : 0)
                | (options.keepsFailures() ? 0 : FORGETS_FAILURES)
                | (options.nearData().isPresent() ? NEAR_DATA : 0)
                | (moreFlags(options, traced) == 0 ? 0 : MORE);
    }

    private static boolean hasDelays(Retries retries) {
        return retries.baseDelays().size() > 1 || retries.jitter() != 0;
    }

    private static int moreFlags(CallOptions options, boolean traced) {
        return (options.name().isPresent() ? WITH_NAME : 0)
                | (options.flowRun().isPresent() ? WITH_FLOW_RUN : 0)
                | (options.crashRetries().isPresent() ? WITH_CRASH_RETRIES : 0)
                | (options.priority() == 0 ? 0 : WITH_PRIORITY)
                | (options.requirements().isEmpty() ? 0 : WITH_REQUIREMENTS)
                | (options.hasDeadline() ? WITH_DEADLINE : 0)
                | (traced ? TRACED : 0);
    }

    /** Writes what the flags tell. */
    static void writeFlagged(CallOptions options, boolean traced, DataOutput out) throws IOException {
        if (hasDelays(options.retries())) {
            writeDelays(options.retries(), out);
        }
        if (options.resultTtl().isPresent()) {
            writeDuration(out, options.resultTtl().get());
        }
        if (options.nearData().isPresent()) {
            out.writeUTF(options.nearData().get().cache());
            out.writeInt(options.nearData().get().partition().orElseThrow());
        }
        int more = moreFlags(options, traced);
        if (more != 0) {
            out.writeByte(more);
            writeMore(options, out);
        }
    }

    private static void writeMore(CallOptions options, DataOutput out) throws IOException {
        if (options.name().isPresent()) {
            out.writeUTF(options.name().get());
        }
        if (options.flowRun().isPresent()) {
            out.writeUTF(options.flowRun().get());
        }
        if (options.crashRetries().isPresent()) {
            out.writeInt(options.crashRetries().getAsInt());
        }
        if (options.priority() != 0) {
            out.writeInt(options.priority());
        }
        if (!options.requirements().isEmpty()) {
            writeRequirements(options.requirements(), out);
        }
        if (options.hasDeadline()) {
            writeDuration(out, options.deadline());
        }
    }

    /**
     * The options of a call, as its flags tell.
     *
     * @param options the options
     * @param traced whether the call carries a trace context
     */
    record Flagged(CallOptions options, boolean traced) {}

    static Flagged readFlagged(int flags, CallOptions policies, DataInput in) throws IOException {
        return checked(() -> {
            CallOptions options = policies.withFailuresKept((flags & FORGETS_FAILURES) == 0);
            if ((flags & WITH_DELAYS) != 0) {
                options = options.withRetries(readDelays(in, options.retries().number()));
            }
            if ((flags & WITH_TTL) != 0) {
                options = options.withResultTtl(readDuration(in));
            }
            if ((flags & NEAR_DATA) != 0) {
                options = options.near(NearData.partition(in.readUTF(), in.readInt()));
            }
            int more = (flags & MORE) == 0 ? 0 : in.readUnsignedByte();
            return new Flagged(readMore(more, options, in), (more & TRACED) != 0);
        });
    }

    private static CallOptions readMore(int flags, CallOptions before, DataInput in) throws IOException {
        if ((flags & ~ALL_MORE) != 0) {
            throw new StreamCorruptedException("the options of a call are of a newer version of this library");
        }
        CallOptions options = before;
        if ((flags & WITH_NAME) != 0) {
            options = options.withName(in.readUTF());
        }
        if ((flags & WITH_FLOW_RUN) != 0) {
            options = options.withFlowRun(in.readUTF());
        }
        if ((flags & WITH_CRASH_RETRIES) != 0) {
            options = options.withCrashRetries(in.readInt());
        }
        if ((flags & WITH_PRIORITY) != 0) {
            options = options.withPriority(in.readInt());
        }
        if ((flags & WITH_REQUIREMENTS) != 0) {
            options = options.withRequirements(readRequirements(in));
        }
        return (flags & WITH_DEADLINE) == 0 ? options : options.withDeadline(readDuration(in));
    }

    private static void writeRequirements(Requirements requirements, DataOutput out) throws IOException {
        out.writeInt(requirements.attributes().size());
        for (Map.Entry<String, String> attribute : requirements.attributes().entrySet()) {
            out.writeUTF(attribute.getKey());
            out.writeUTF(attribute.getValue());
        }
        writeAmounts(requirements.resources(), out);
        writeAmounts(requirements.limits(), out);
    }

    private static void writeAmounts(Map<String, Integer> amounts, DataOutput out) throws IOException {
        out.writeInt(amounts.size());
        for (Map.Entry<String, Integer> amount : amounts.entrySet()) {
            out.writeUTF(amount.getKey());
            out.writeInt(amount.getValue());
        }
    }

    private static Requirements readRequirements(DataInput in) throws IOException {
        Requirements requirements = Requirements.none();
        for (int left = Sized.readCount(in); left > 0; left--) {
            requirements = requirements.onNodes(in.readUTF(), in.readUTF());
        }
        for (int left = Sized.readCount(in); left > 0; left--) {
            requirements = requirements.requires(in.readUTF(), in.readInt());
        }
        for (int left = Sized.readCount(in); left > 0; left--) {
            requirements = requirements.limit(in.readUTF(), in.readInt());
        }
        return requirements;
    }

    private static void writeDelays(Retries retries, DataOutput out) throws IOException {
        out.writeDouble(retries.jitter());
        out.writeInt(retries.baseDelays().size());
        for (Duration delay : retries.baseDelays()) {
            writeDuration(out, delay);
        }
    }

    private static Retries readDelays(DataInput in, int number) throws IOException {
        double jitter = in.readDouble();
        List<Duration> delays = new ArrayList<>();
        for (int left = Sized.readCount(in); left > 0; left--) {
            delays.add(readDuration(in));
        }
        return Retries.of(number, delays, jitter);
    }

    private static void writeDuration(DataOutput out, Duration duration) throws IOException {
        out.writeLong(duration.toSeconds());
        out.writeInt(duration.toNanosPart());
    }

    private static Duration readDuration(DataInput in) throws IOException {
        return Duration.ofSeconds(in.readLong(), in.readInt());
    }

    /** Reads something; a value that no setting can have means that the bytes are damaged. */
    private static <T> T checked(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IllegalArgumentException | ArithmeticException e) {
            StreamCorruptedException corrupt = new StreamCorruptedException("the policies of a call cannot be");
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }
}
