package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.internal.codec.CodeOrigin;
import io.github.ignitetasks.internal.codec.Definition;
import io.github.ignitetasks.internal.codec.Sized;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way to the node that runs it, or a state for its key in place of the call.
 *
 * @param key its key
 * @param options its policies
 * @param deaths the deaths of nodes that had the call, as far as the grid's claims do not count them
 * @param upstreams the keys of the futures that it reaches, each of which is Completed
 * @param skipped whether the bytes are a {@link StateRecord} instead of a call
 * @param bytes the call as {@link io.github.ignitetasks.internal.codec.ObjectWriter} wrote it
 * @param definitions the class definitions that reading it needs
 * @param code the origin of its code; null outside the JVM of its submitter
 * @param loaders the names of the loaders of its code, if there are several
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record CallRequest(
        String key,
        CallOptions options,
        List<NodeDeath> deaths,
        List<String> upstreams,
        boolean skipped,
        byte[] bytes,
        List<Definition> definitions,
        @Nullable CodeOrigin code,
        List<String> loaders) {
    /** The flag for a state; it is set in the byte that describes the payload. */
    private static final int SKIPPED = 1;

    private static final int OF_SIBLINGS = 2;

    /** Returns the request that replaces a call that its session does not have any more. */
    public static CallRequest ofState(String key, byte[] state) {
        return new CallRequest(key, CallOptions.none(), List.of(), List.of(), true, state, List.of(), null);
    }

    /** Returns the origin of its code; empty outside the JVM of its submitter. */
    public Optional<CodeOrigin> origin() {
        return Optional.ofNullable(code);
    }

    /** Makes a request in the JVM of its submitter. */
    public CallRequest(
            String key,
            CallOptions options,
            List<NodeDeath> deaths,
            List<String> upstreams,
            boolean skipped,
            byte[] bytes,
            List<Definition> definitions,
            @Nullable CodeOrigin code) {
        this(key, options, deaths, upstreams, skipped, bytes, definitions, code, namesOf(code));
    }

    private static List<String> namesOf(@Nullable CodeOrigin code) {
        return code != null && code.isOfSiblings() ? code.loaderNames() : List.of();
    }

    /** Returns the request that replaces this call if it is skipped. */
    public CallRequest asSkipped(byte[] state) {
        return new CallRequest(key, options, deaths, List.of(), true, state, List.of(), null);
    }

    /** Returns the ids of the nodes whose deaths this request carries. */
    List<UUID> deadNodes() {
        return deaths.stream().map(NodeDeath::node).toList();
    }

    /**
     * Returns the request to send after a node died that had the call. The request carries the first death; the grid's
     * claims count further ones. If claims were lost with their grid, the request also carries the second death. It
     * carries a third death only if that node had reported that the call runs alone there.
     *
     * @param before the deaths after which the call ran alone on the node; empty if it did not
     * @param claimsLost whether the grid of that node is gone
     */
    public CallRequest after(NodeDeath death, List<NodeDeath> before, boolean claimsLost) {
        if (!before.isEmpty()) {
            return with(before).with(List.of(death));
        }
        return deaths.isEmpty() || (claimsLost && deaths.size() < ClaimRecord.DEATHS_TO_RUN_ALONE)
                ? with(List.of(death))
                : this;
    }

    private CallRequest with(List<NodeDeath> more) {
        List<NodeDeath> all = new ArrayList<>(deaths);
        more.stream().filter(death -> !deadNodes().contains(death.node())).forEach(all::add);
        return new CallRequest(key, options, List.copyOf(all), upstreams, skipped, bytes, definitions, code);
    }

    void writeTo(DataOutput out, DefinitionTable table) throws IOException {
        out.writeUTF(key);
        writeDuration(out, options.timeout());
        out.writeInt(options.retries());
        writeDuration(out, options.retryDelay());
        NodeDeath.writeAll(deaths, out);
        writeTexts(upstreams, out);
        out.writeByte((skipped ? SKIPPED : 0) | (loaders.isEmpty() ? 0 : OF_SIBLINGS));
        if (!loaders.isEmpty()) {
            writeTexts(loaders, out);
        }
        out.writeInt(bytes.length);
        out.write(bytes);
        table.write(definitions, out);
    }

    static CallRequest readFrom(DataInput in, DefinitionTable table) throws IOException {
        String key = in.readUTF();
        CallOptions options = readOptions(in);
        List<NodeDeath> deaths = NodeDeath.readAll(in);
        List<String> upstreams = readTexts(in);
        int flags = in.readByte();
        List<String> loaders = (flags & OF_SIBLINGS) == 0 ? List.of() : readTexts(in);
        byte[] bytes = Sized.readBytes(in);
        boolean skipped = (flags & SKIPPED) != 0;
        return new CallRequest(key, options, deaths, upstreams, skipped, bytes, table.read(in), null, loaders);
    }

    private static void writeTexts(List<String> texts, DataOutput out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static List<String> readTexts(DataInput in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = Sized.readCount(in); left > 0; left--) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static void writeDuration(DataOutput out, Duration duration) throws IOException {
        out.writeLong(duration.toSeconds());
        out.writeInt(duration.toNanosPart());
    }

    private static CallOptions readOptions(DataInput in) throws IOException {
        try {
            return CallOptions.none().withTimeout(readDuration(in)).withRetries(in.readInt(), readDuration(in));
        } catch (IllegalArgumentException | ArithmeticException e) {
            StreamCorruptedException corrupt = new StreamCorruptedException("the policies of a call cannot be");
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    private static Duration readDuration(DataInput in) throws IOException {
        return Duration.ofSeconds(in.readLong(), in.readInt());
    }
}
