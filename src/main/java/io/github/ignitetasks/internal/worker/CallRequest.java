package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.codec.CodeOrigin;
import io.github.ignitetasks.internal.codec.Definition;
import io.github.ignitetasks.internal.codec.Sized;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.RecordVersion;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.tracing.CallTrace;
import io.github.ignitetasks.internal.tracing.TraceContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way to the node that runs it, or a state for its key in place of the call.
 *
 * @param key its key
 * @param options its policies; its deadline counts from {@code since}
 * @param since when it was submitted, by {@code System.nanoTime} of this JVM
 * @param deaths the deaths of nodes that had the call, as far as the grid's claims do not count them
 * @param upstreams the keys of the futures that it reaches, whose records the grid has
 * @param states the states of further futures that it reaches, by key; they ended without a result
 * @param skipped whether the bytes are a {@link StateRecord} instead of a call
 * @param bytes the call as {@link io.github.ignitetasks.internal.codec.ObjectWriter} wrote it
 * @param definitions the class definitions that reading it needs
 * @param code the origin of its code; null outside the JVM of its submitter
 * @param loaders the names of the loaders of its code, if there are several
 * @param trace its trace; empty if it is not traced
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record CallRequest(
        String key,
        CallOptions options,
        long since,
        List<NodeDeath> deaths,
        List<String> upstreams,
        Map<String, byte[]> states,
        boolean skipped,
        byte[] bytes,
        List<Definition> definitions,
        @Nullable CodeOrigin code,
        List<String> loaders,
        Optional<CallTrace> trace) {
    /** The flag for a state; it is set in the byte that describes the payload. */
    private static final int SKIPPED = 1;

    private static final int OF_SIBLINGS = 2;

    private static final int WITH_STATES = 4;

    private static final int ALL_FLAGS = SKIPPED | OF_SIBLINGS | WITH_STATES | CallOptionsFormat.ALL_FLAGS;

    /** Returns the request that replaces a call that its session does not have any more. */
    public static CallRequest ofState(String key, byte[] state) {
        return ofState(key, CallOptions.none(), state);
    }

    /** Returns the request that replaces a call with these options that its session does not have any more. */
    public static CallRequest ofState(String key, CallOptions options, byte[] state) {
        return new CallRequest(key, options, List.of(), List.of(), true, state, List.of(), null);
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
        this(
                key,
                options,
                System.nanoTime(),
                deaths,
                upstreams,
                Map.of(),
                skipped,
                bytes,
                definitions,
                code,
                namesOf(code),
                Optional.empty());
    }

    private static List<String> namesOf(@Nullable CodeOrigin code) {
        return code != null && code.isOfSiblings() ? code.loaderNames() : List.of();
    }

    /** Returns the request with another origin of its code, in the JVM of its submitter. */
    public CallRequest withCode(CodeOrigin other) {
        return new CallRequest(
                key,
                options,
                since,
                deaths,
                upstreams,
                states,
                skipped,
                bytes,
                definitions,
                other,
                namesOf(other),
                trace);
    }

    /** Returns the request with a trace. */
    public CallRequest tracedBy(CallTrace other) {
        return new CallRequest(
                key,
                options,
                since,
                deaths,
                upstreams,
                states,
                skipped,
                bytes,
                definitions,
                code,
                loaders,
                Optional.of(other));
    }

    /** Returns the request with the states of upstreams, for which the node asks the grid no more. */
    public CallRequest withStates(Map<String, byte[]> ended) {
        List<String> others = upstreams.stream()
                .filter(upstream -> !ended.containsKey(upstream))
                .toList();
        return copy(options, deaths, others, Map.copyOf(ended));
    }

    /** Returns the request that replaces this call if it is skipped. */
    public CallRequest asSkipped(byte[] state) {
        return new CallRequest(key, options, deaths, List.of(), true, state, List.of(), null);
    }

    /**
     * Returns whether a state that the key has is the answer to the call. Otherwise the key runs anew. A state that was
     * recorded after nodes died with the call always counts: it may be the call's own, and tells how many died.
     */
    boolean counts(byte[] record) {
        return options.keepsFailures()
                || !deaths.isEmpty()
                || RecordVersion.isLater(record)
                || StateRecord.type(record) == StateType.COMPLETED;
    }

    /** Returns the request of a call that another node runs: any state that it finds is the answer. */
    public CallRequest ofKeyThatRuns() {
        return copy(options.withFailuresKept(true), deaths, upstreams, states);
    }

    private CallRequest copy(
            CallOptions newOptions,
            List<NodeDeath> newDeaths,
            List<String> newUpstreams,
            Map<String, byte[]> newStates) {
        return new CallRequest(
                key,
                newOptions,
                since,
                newDeaths,
                newUpstreams,
                newStates,
                skipped,
                bytes,
                definitions,
                code,
                loaders,
                trace);
    }

    /** Returns how much of the time is left that the call may take as a whole; zero or less once it has passed. */
    public Duration timeLeft() {
        return options.hasDeadline() ? options.deadline().minusNanos(System.nanoTime() - since) : CallOptions.FOREVER;
    }

    /** Returns whether not every node may run the call at any time. */
    public boolean isBound() {
        return options.nearData().isPresent() || !options.requirements().isEmpty();
    }

    /** Returns whether a claim must tell that the call starts, because it runs again only so often after deaths. */
    boolean countsStarts() {
        return options.crashRetries().isPresent();
    }

    /** Returns the ids of the nodes whose deaths this request carries. */
    List<UUID> deadNodes() {
        return deaths.stream().map(NodeDeath::node).toList();
    }

    /**
     * Returns the request to send after a node died that had the call. The request carries the first death; the grid's
     * claims count further ones. If claims were lost with their grid, the request also carries the second death. It
     * carries a third death only if that node had reported that the call runs alone there. A request with crash retries
     * carries all deaths, which count if the grid has no claim that tells whether the call had started.
     *
     * @param before the deaths after which the call ran alone on the node; empty if it did not
     * @param claimsLost whether the grid of that node is gone
     */
    public CallRequest after(NodeDeath death, List<NodeDeath> before, boolean claimsLost) {
        if (!before.isEmpty()) {
            return with(before).with(List.of(death));
        }
        return deaths.isEmpty() || countsStarts() || (claimsLost && deaths.size() < ClaimRecord.DEATHS_TO_RUN_ALONE)
                ? with(List.of(death))
                : this;
    }

    private CallRequest with(List<NodeDeath> more) {
        List<NodeDeath> all = new ArrayList<>(deaths);
        more.stream().filter(death -> !deadNodes().contains(death.node())).forEach(all::add);
        return copy(options, List.copyOf(all), upstreams, states);
    }

    void writeTo(DataOutput out, DefinitionTable table) throws IOException {
        out.writeUTF(key);
        CallOptionsFormat.writePolicies(options, out);
        NodeDeath.writeAll(deaths, out);
        writeTexts(upstreams, out);
        out.writeByte((skipped ? SKIPPED : 0)
                | (loaders.isEmpty() ? 0 : OF_SIBLINGS)
                | (states.isEmpty() ? 0 : WITH_STATES)
                | CallOptionsFormat.flags(options, trace.isPresent()));
        if (!loaders.isEmpty()) {
            writeTexts(loaders, out);
        }
        if (!states.isEmpty()) {
            writeStates(out);
        }
        CallOptionsFormat.writeFlagged(options, trace.isPresent(), out);
        if (options.hasDeadline()) {
            out.writeLong(System.nanoTime() - since); // the clocks of two machines differ, so the age travels
        }
        if (trace.isPresent()) {
            trace.get().context().writeTo(out);
        }
        out.writeInt(bytes.length);
        out.write(bytes);
        table.write(definitions, out);
    }

    static CallRequest readFrom(DataInput in, DefinitionTable table) throws IOException {
        String key = in.readUTF();
        CallOptions policies = CallOptionsFormat.readPolicies(in);
        List<NodeDeath> deaths = NodeDeath.readAll(in);
        List<String> upstreams = readTexts(in);
        int flags = in.readUnsignedByte();
        if ((flags & ~ALL_FLAGS) != 0) {
            throw new StreamCorruptedException("call '" + key + "' is of a newer version of this library");
        }
        List<String> loaders = (flags & OF_SIBLINGS) == 0 ? List.of() : readTexts(in);
        Map<String, byte[]> states = (flags & WITH_STATES) == 0 ? Map.of() : readStates(in);
        CallOptionsFormat.Flagged flagged = CallOptionsFormat.readFlagged(flags, policies, in);
        CallOptions options = flagged.options();
        long since = System.nanoTime() - (options.hasDeadline() ? in.readLong() : 0);
        Optional<CallTrace> trace =
                flagged.traced() ? Optional.of(CallTrace.arrived(TraceContext.read(in))) : Optional.empty();
        byte[] bytes = Sized.readBytes(in);
        boolean skipped = (flags & SKIPPED) != 0;
        return new CallRequest(
                key, options, since, deaths, upstreams, states, skipped, bytes, table.read(in), null, loaders, trace);
    }

    private void writeStates(DataOutput out) throws IOException {
        out.writeInt(states.size());
        for (Map.Entry<String, byte[]> state : states.entrySet()) {
            out.writeUTF(state.getKey());
            out.writeInt(state.getValue().length);
            out.write(state.getValue());
        }
    }

    private static Map<String, byte[]> readStates(DataInput in) throws IOException {
        Map<String, byte[]> states = new HashMap<>();
        for (int left = Sized.readCount(in); left > 0; left--) {
            states.put(in.readUTF(), Sized.readBytes(in));
        }
        return states;
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
}
