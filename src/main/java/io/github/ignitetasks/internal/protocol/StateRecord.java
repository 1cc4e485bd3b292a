package io.github.ignitetasks.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.NotCarriedException;
import io.github.ignitetasks.ResultUnavailableException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.State.Failed.Reason;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.codec.FutureReference;
import io.github.ignitetasks.internal.codec.ObjectReader;
import io.github.ignitetasks.internal.codec.ObjectWriter;
import io.github.ignitetasks.internal.codec.Utf;
import io.github.ignitetasks.internal.tracing.SpanReference;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The record of a key whose state is final, as bytes, so that the grid's nodes store it without the classes in it.
 *
 * <p>It holds the state's type, then its execution info, then its failed attempts if there are any, then the span of the
 * attempt if somebody recorded one, then the content for the type. A {@link ClaimRecord} begins with another byte. A record of a later version of this library ({@link
 * RecordVersion}) counts as that of a Crashed state, so that its key does not run again and everybody who asks for it
 * learns why.
 */
public final class StateRecord {
    /** The types by their number in records; new ones may only be added at the end, as may new reasons. */
    private static final List<StateType> TYPES =
            List.of(StateType.COMPLETED, StateType.FAILED, StateType.CRASHED, StateType.CANCELLED, StateType.NOT_READY);

    private static final List<Reason> REASONS = List.of(Reason.EXCEPTION, Reason.TIMED_OUT);

    /** The length in characters to which messages and stack traces are cut. */
    private static final int MAX_TEXT = 256 << 10;

    /** The flag in the type's byte for a record without its result. */
    private static final int HEAD = 0x20;

    /** The flag in the type's byte for a record with failed attempts, which follow the execution info. */
    private static final int FAILED_ATTEMPTS = 0x10;

    /** The flag in the type's byte for a record with the span of the attempt, which follows the failed attempts. */
    private static final int SPAN = 0x08;

    private static final int FLAGS = FAILED_ATTEMPTS | SPAN;

    private static final int NODE_OFFSET = 1 + 2 * Long.BYTES;

    private StateRecord() {}

    /** Returns whether a record is one of a state, or of a later version. */
    public static boolean isState(byte[] record) {
        return (record[0] & ~FLAGS) < TYPES.size();
    }

    /** Returns the type of the state, without reading the rest. */
    public static StateType type(byte[] record) {
        return RecordVersion.isLater(record) ? StateType.CRASHED : TYPES.get(record[0] & ~(HEAD | FLAGS));
    }

    /** Returns the part of a record to send: all of it, or only its head if it has a result and more bytes than this. */
    public static byte[] toSend(byte[] record, long inlineResultBytes) {
        if (RecordVersion.isLater(record)) {
            return new byte[] {record[0]};
        }
        if (isSentWhole(record, inlineResultBytes)) {
            return record;
        }
        byte[] head = Arrays.copyOf(record, headLength(record));
        head[0] |= HEAD;
        return head;
    }

    private static boolean isSentWhole(byte[] record, long inlineResultBytes) {
        return record.length <= inlineResultBytes || type(record) != StateType.COMPLETED;
    }

    /** Returns how many bytes of a record are sent. */
    public static int sentBytes(byte[] record, long inlineResultBytes) {
        return isSentWhole(record, inlineResultBytes) ? record.length : headLength(record);
    }

    private static int headLength(byte[] record) {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        int nodeLength = bytes.getShort(NODE_OFFSET) & 0xFFFF;
        int length = NODE_OFFSET + Short.BYTES + nodeLength + Integer.BYTES;
        try {
            return length
                    + (hasFailedAttempts(record[0]) ? FailedAttempts.length(bytes, length) : 0)
                    + (hasSpan(record[0]) ? SpanReference.BYTES : 0);
        } catch (EOFException e) {
            throw damaged(e);
        }
    }

    private static boolean hasFailedAttempts(byte first) {
        return (first & FAILED_ATTEMPTS) != 0;
    }

    private static boolean hasSpan(byte first) {
        return (first & SPAN) != 0;
    }

    /** Returns the span of the attempt that had the state, from a whole record or a head; empty if it has none. */
    public static Optional<SpanReference> span(byte[] record) {
        if (RecordVersion.isLater(record) || !hasSpan(record[0])) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    SpanReference.read(ByteBuffer.wrap(record).position(headLength(record) - SpanReference.BYTES)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
            throw damaged(e);
        }
    }

    /** Returns whether a record is only a head, whose result is on the grid. */
    public static boolean isHead(byte[] record) {
        return record[0] > 0 && (record[0] & HEAD) != 0;
    }

    /** Returns the unique beginning of a record, whole or a head: its type, and when it ran. */
    public static byte[] start(byte[] record) {
        byte[] start = Arrays.copyOf(record, NODE_OFFSET);
        start[0] &= ~HEAD;
        return start;
    }

    /** Returns whether a whole record has this beginning. */
    static boolean startsWith(byte[] record, byte[] start) {
        return record.length >= start.length && Arrays.equals(record, 0, start.length, start, 0, start.length);
    }

    /** Returns the state of a head; the result is fetched when it is asked for. */
    public static <R extends @Nullable Object> State<R> ofHead(byte[] head, Supplier<R> fetching) {
        return State.Completed.lazily(fetching, trace(head));
    }

    /** Returns when and where the call ran, without reading the rest. */
    public static ExecutionInfo executionInfo(byte[] record) {
        return RecordVersion.isLater(record) ? ExecutionInfo.neverRan("") : trace(record);
    }

    /** Returns the number of the last attempt, without reading the rest; 0 if none started. */
    public static int attempt(byte[] record) {
        if (RecordVersion.isLater(record)) {
            return 0;
        }
        ByteBuffer bytes = ByteBuffer.wrap(record);
        int nodeLength = bytes.getShort(NODE_OFFSET) & 0xFFFF;
        return bytes.getInt(NODE_OFFSET + Short.BYTES + nodeLength);
    }

    private static ExecutionInfo trace(byte[] head) {
        try {
            return readTrace(ByteBuffer.wrap(head));
        } catch (IOException | BufferUnderflowException e) {
            throw damaged(e);
        }
    }

    /** Returns how long the call ran, in nanoseconds, without reading the rest. */
    public static long nanos(byte[] record) {
        if (RecordVersion.isLater(record)) {
            return 0;
        }
        ByteBuffer times = ByteBuffer.wrap(record, 1, 2 * Long.BYTES);
        return TimeUnit.MICROSECONDS.toNanos(-times.getLong() + times.getLong());
    }

    /** Writes a state. If its result or exception cannot be written, the record says Crashed. */
    public static byte[] write(State<?> state) {
        return write(state, Optional.empty());
    }

    /** Writes a state as {@link #write(State)} does, with the span of the attempt that had it. */
    public static byte[] write(State<?> state, SpanReference span) {
        return write(state, Optional.of(span));
    }

    @SuppressWarnings("CatchingUnchecked") // the classes of results and exceptions run code of their own
    private static byte[] write(State<?> state, Optional<SpanReference> span) {
        try {
            return bytes(state, span, true);
        } catch (Throwable e) {
            return writeText(crashed(state, e), span);
        }
    }

    /**
     * Writes the state of a call whose upstream ended without a result. The record holds the exception of that
     * upstream, or of the first in a chain of them. The exception's bytes are copied, because reading them would run
     * user code.
     *
     * @param upstream the key of the upstream
     * @param record the upstream's record
     */
    public static byte[] notReady(String upstream, byte[] record, ExecutionInfo trace) {
        State<?> ended = read(upstream, record, ClassLoader.getSystemClassLoader(), ObjectContext.ofThread());
        byte[] text = writeText(State.NotReady.because(upstream, ended, trace), Optional.empty()); // its text alone
        byte[] throwable = throwable(record);
        byte[] both = Arrays.copyOf(text, text.length + throwable.length);
        System.arraycopy(throwable, 0, both, text.length, throwable.length);
        return both;
    }

    /** Returns the bytes of the exception in a record; empty if it has none. */
    private static byte[] throwable(byte[] record) {
        StateType type = type(record);
        if (type != StateType.FAILED && type != StateType.NOT_READY) {
            return new byte[0];
        }
        ByteBuffer in = ByteBuffer.wrap(record);
        try {
            ExecutionInfo unusedInfo = readTrace(in);
            if (type == StateType.FAILED) {
                byte unusedReason = in.get();
            } else {
                String unusedUpstream = readText(in);
            }
            Failure unusedText = readFailureText(in);
            return next(in, in.remaining());
        } catch (IOException | BufferUnderflowException e) {
            throw damaged(e);
        }
    }

    private static byte[] writeText(State<?> state, Optional<SpanReference> span) {
        try {
            return bytes(state, span, false);
        } catch (IOException e) {
            throw new UncheckedIOException("text is always written", e);
        }
    }

    private static State<?> crashed(State<?> state, Throwable problem) {
        Failure failure = state.failure()
                .map(own -> own.because("its exception cannot be carried (" + Failure.of(problem) + ")"))
                .orElseGet(() -> Failure.of(problem).because("its result cannot be carried"));
        return new State.Crashed<>(failure, state.executionInfo());
    }

    private static byte[] bytes(State<?> state, Optional<SpanReference> span, boolean withThrowable)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        DataOutputStream out = new DataOutputStream(bytes);
        boolean hasFailedAttempts = !state.failedAttempts().isEmpty();
        out.writeByte(TYPES.indexOf(state.type())
                | (hasFailedAttempts ? FAILED_ATTEMPTS : 0)
                | (span.isPresent() ? SPAN : 0));
        writeTrace(out, state.executionInfo());
        if (hasFailedAttempts) {
            FailedAttempts.write(out, state.failedAttempts());
        }
        if (span.isPresent()) {
            span.get().writeTo(out);
        }
        if (state instanceof State.Completed<?> completed) {
            out.write(resultBytes(completed.result()));
        } else if (state instanceof State.Failed<?> failed) {
            out.writeByte(REASONS.indexOf(failed.reason()));
            writeFailure(out, failed.cause(), withThrowable);
        } else if (state instanceof State.Crashed<?> crashed) {
            writeFailure(out, crashed.cause(), false);
        } else if (state instanceof State.Cancelled<?> cancelled) {
            out.writeBoolean(cancelled.stillRunning());
        } else if (state instanceof State.NotReady<?> notReady) {
            writeText(out, notReady.upstream());
            writeFailure(out, notReady.cause(), false);
        }
        return bytes.toByteArray();
    }

    private static byte[] resultBytes(@Nullable Object result) throws IOException {
        ObjectWriter.Written written = ObjectWriter.write(result);
        if (!written.futures().isEmpty()) {
            throw new InvalidObjectException(FutureReference.inResult(written.futures()));
        }
        return written.bytes();
    }

    /** Reads the objects in a record, which runs user code, in the context that this code needs. */
    public interface ObjectContext {
        /** Reads an object. */
        <T extends @Nullable Object> T read(Supplier<T> reading);

        /** Returns the context of the calling thread. */
        static ObjectContext ofThread() {
            return new ObjectContext() {
                @Override
                public <T extends @Nullable Object> T read(Supplier<T> reading) {
                    return reading.get();
                }
            };
        }
    }

    /**
     * Reads the state of a key from its whole record. Objects are read when they are asked for: the result, and the
     * exception, which stays text if it cannot be read.
     *
     * @throws UncheckedIOException if the record is damaged
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // the first call under a key determines its type; it may be null
    public static <R extends @Nullable Object> State<R> read(
            String key, byte[] record, ClassLoader loader, ObjectContext context) {
        if (RecordVersion.isLater(record)) {
            Failure failure = Failure.ofText("", RecordVersion.describe(record), "");
            return new State.Crashed<>(failure, ExecutionInfo.neverRan(""));
        }
        ByteBuffer in = ByteBuffer.wrap(record);
        try {
            StateType type = TYPES.get(record[0] & ~FLAGS); // a head is no whole record
            ExecutionInfo trace = readTrace(in);
            return switch (type) {
                case COMPLETED -> {
                    int start = in.position();
                    yield ObjectReader.isScalar(record, start)
                            ? new State.Completed<>((R) result(key, record, start, loader), trace)
                            : State.Completed.lazily(
                                    () -> context.read(() -> (R) result(key, record, start, loader)), trace);
                }
                case FAILED -> new State.Failed<>(REASONS.get(in.get()), readFailure(in, loader, context), trace);
                case CRASHED -> new State.Crashed<>(readFailure(in, loader, context), trace);
                case CANCELLED -> new State.Cancelled<>(in.get() != 0, trace);
                case NOT_READY -> new State.NotReady<>(readText(in), readFailure(in, loader, context), trace);
            };
        } catch (IOException | RuntimeException e) { // the bytes hold an invalid number, time or index
            throw damaged(e);
        }
    }

    /**
     * Reads the result from the whole record of a completed key.
     *
     * @throws ResultUnavailableException if the result cannot be read
     */
    public static @Nullable Object result(String key, byte[] record, ClassLoader loader) {
        return result(key, record, headLength(record), loader);
    }

    @SuppressWarnings("CatchingUnchecked") // the classes of results run code of their own
    private static @Nullable Object result(String key, byte[] record, int start, ClassLoader loader) {
        try {
            return ObjectReader.<@Nullable Object>read(record, start, loader);
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw unreadable(key, ", add to the class path of this JVM the jar with class", e);
        } catch (Throwable e) {
            throw unreadable(key, "", e);
        }
    }

    private static ResultUnavailableException unreadable(String key, String remedy, Throwable problem) {
        String text = "the result of task '" + key + "' cannot be read" + remedy;
        return new ResultUnavailableException(Failure.of(problem).because(text).message(), problem);
    }

    /** Returns whether the state holds neither an object nor an exception, so that reading it runs no user code. */
    public static boolean hasNoObjects(byte[] record) {
        return switch (type(record)) {
            case COMPLETED -> !isHead(record) && ObjectReader.isScalar(record, headLength(record));
            case FAILED, NOT_READY -> throwable(record).length == 0;
            case CRASHED, CANCELLED -> true;
        };
    }

    private static UncheckedIOException damaged(Exception e) {
        IOException problem =
                e instanceof IOException io ? io : new IOException("it is cut off, or its parts cannot be", e);
        return new UncheckedIOException("a record is damaged, or of another version of this library", problem);
    }

    private static void writeTrace(DataOutputStream out, ExecutionInfo trace) throws IOException {
        out.writeLong(micros(trace.startTime()));
        out.writeLong(micros(trace.endTime()));
        out.writeUTF(trace.node());
        out.writeInt(trace.attempt());
    }

    /** Reads the type's byte, which it drops, and what all states have. */
    private static ExecutionInfo readTrace(ByteBuffer in) throws IOException {
        byte first = in.get();
        ExecutionInfo info = new ExecutionInfo(instant(in.getLong()), instant(in.getLong()), Utf.read(in), in.getInt());
        ExecutionInfo all = hasFailedAttempts(first) ? info.withFailedAttempts(FailedAttempts.read(in)) : info;
        if (hasSpan(first)) {
            SpanReference unused = SpanReference.read(in);
        }
        return all;
    }

    private static void writeFailure(DataOutputStream out, Failure failure, boolean withThrowable) throws IOException {
        writeFailureText(out, failure);
        Optional<Throwable> throwable = withThrowable ? failure.throwable() : Optional.empty();
        out.write(
                throwable.isPresent()
                        ? ObjectWriter.writeThrowable(throwable.get()).bytes()
                        : new byte[0]);
    }

    static void writeFailureText(DataOutputStream out, Failure failure) throws IOException {
        writeText(out, failure.type());
        writeText(out, cut(failure.message()));
        writeText(out, cut(failure.stackTrace()));
    }

    private static Failure readFailure(ByteBuffer in, ClassLoader loader, ObjectContext context) throws IOException {
        Failure failure = readFailureText(in);
        if (!in.hasRemaining()) {
            return failure;
        }
        byte[] throwable = next(in, in.remaining());
        return failure.withLazily(() -> context.read(() -> readThrowable(failure, throwable, loader)));
    }

    static Failure readFailureText(ByteBuffer in) throws IOException {
        return Failure.ofText(readText(in), readText(in), readText(in));
    }

    @SuppressWarnings("CatchingUnchecked") // the classes of exceptions run code of their own
    private static Throwable readThrowable(Failure failure, byte[] throwable, ClassLoader loader) {
        try {
            return ObjectReader.<Throwable>read(throwable, loader);
        } catch (Throwable e) {
            return new NotCarriedException(failure, "it cannot be read here (" + Failure.of(e) + ")", null);
        }
    }

    /** Returns a text, cut to the length that people may read. */
    private static String cut(String text) {
        return text.length() <= MAX_TEXT
                ? text
                : text.substring(0, MAX_TEXT) + "... (" + text.length() + " characters in all)";
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(ByteBuffer in) throws IOException {
        return new String(next(in, in.getInt()), UTF_8);
    }

    private static byte[] next(ByteBuffer in, int length) throws EOFException {
        if (length < 0 || length > in.remaining()) {
            throw new EOFException(length + " bytes are cut off");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    static long micros(Instant time) {
        return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(time.getNano());
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }
}
