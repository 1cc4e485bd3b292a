package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.FailedAttempt;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.State.Failed.Reason;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.codec.ObjectReader;
import io.github.ignitetasks.internal.codec.ObjectWriter;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.PermitRecord;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.tracing.CallTrace;
import io.github.ignitetasks.internal.tracing.SpanReference;
import io.github.ignitetasks.internal.tracing.TraceContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The byte formats that another version of this library may read, each with one value. The golden files hold the bytes
 * that each version has written for these values.
 */
final class GoldenFormats {
    private static final ClassLoader LOADER = GoldenFormats.class.getClassLoader();
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000, 123_456_000);
    private static final ExecutionInfo INFO = new ExecutionInfo(START, START.plusMillis(1_500), "node-1", 2);
    private static final ExecutionInfo INFO_AFTER_FAILURES = INFO.withFailedAttempts(List.of(
            new FailedAttempt(1, START.minusSeconds(2), START.minusSeconds(1), "node-1", text()),
            new FailedAttempt(2, START.minusSeconds(1), START, "node-2", Failure.ofText("", "", ""))));
    private static final UUID ID = new UUID(0x1111_2222_3333_4444L, 0x8555_6666_7777_8888L);
    private static final UUID NODE = new UUID(0x2222_3333_4444_4555L, 0x9666_7777_8888_9999L);
    private static final UUID DEAD = new UUID(0x3333_4444_5555_4666L, 0xA777_8888_9999_AAAAL);
    private static final ClientSession SESSION =
            new ClientSession(ID, NODE, new SessionSettings(4, Duration.ofHours(1), 64 << 10));
    private static final NodeDeath DEATH = new NodeDeath(DEAD, "node-3");
    private static final SpanReference SPAN =
            new SpanReference("0123456789abcdef0123456789abcdef", "fedcba9876543210", (byte) 1);
    private static final String LARGE = "large".repeat(20_000);

    /** The number of bytes at the end of an exchange that identify the JVM and differ in each. */
    private static final int JVM_BYTES = 3 * Long.BYTES;

    private GoldenFormats() {}

    /** A writer of a value. */
    private interface Writer {
        byte[] write() throws IOException;
    }

    /** A check of the value in some bytes. */
    interface Check {
        void check(byte[] bytes) throws Exception;
    }

    /**
     * One format, with one value.
     *
     * @param name the name of the files
     * @param writer writes the value as this version does
     * @param varying the number of bytes at the end that differ each time
     * @param reader reads and checks the value
     */
    record Format(String name, Writer writer, int varying, Check reader) {
        byte[] write() throws IOException {
            return writer.write();
        }

        void check(byte[] bytes) throws Exception {
            reader.check(bytes);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A class of an application. */
    record Point(int x, String name, List<Double> more) implements Serializable {}

    /** A call of an application. */
    record Sum(Point point, long more) implements TaskCall<Long> {
        @Override
        public Long call() {
            return point.x + more;
        }
    }

    /** Returns all formats. */
    static List<Format> all() {
        List<Format> all = new ArrayList<>(results());
        all.addAll(otherStates());
        all.addAll(claims());
        all.addAll(messages());
        all.addAll(reports());
        return all;
    }

    private static List<Format> results() {
        Map<String, @Nullable Object> results = new LinkedHashMap<>();
        results.put("null", null);
        results.put("boolean", true);
        results.put("integer", 42);
        results.put("long", 1L << 40);
        results.put("double", 0.5);
        results.put("text", "größe");
        results.put("list", new ArrayList<>(List.of(1, "two", 3L)));
        results.put("map", new LinkedHashMap<>(Map.of("key", List.of(Duration.ofSeconds(7)))));
        results.put("date", LocalDate.of(2026, 11, 28));
        results.put("enum", StateType.NOT_READY);
        results.put("record", new Point(3, "four", List.of(5.0)));
        List<Format> formats = new ArrayList<>();
        formats.add(format(
                "completed-array", () -> StateRecord.write(new State.Completed<>(new int[] {1, 2}, INFO)), bytes -> {
                    State<int[]> state = read(bytes);
                    assertThat(state.result()).containsExactly(1, 2);
                    assertThat(state.executionInfo()).isEqualTo(INFO);
                }));
        results.forEach((name, result) -> formats.add(state("completed-" + name, new State.Completed<>(result, INFO))));
        return formats;
    }

    private static List<Format> otherStates() {
        State<?> failed = new State.Failed<>(Reason.EXCEPTION, Failure.of(exception()), INFO);
        return List.of(
                format("failed-exception", () -> StateRecord.write(failed), bytes -> {
                    State<Object> state = read(bytes);
                    assertThat(state).isEqualTo(failed);
                    checkException(state.failure().orElseThrow().throwable().orElseThrow());
                }),
                state("failed-timed-out", new State.Failed<>(Reason.TIMED_OUT, text(), INFO)),
                state("crashed", new State.Crashed<>(text(), INFO)),
                state("cancelled", new State.Cancelled<>(false, INFO)),
                state("cancelled-still-running", new State.Cancelled<>(true, INFO)),
                state("completed-after-failures", new State.Completed<>("done", INFO_AFTER_FAILURES)),
                state("failed-after-failures", new State.Failed<>(Reason.TIMED_OUT, text(), INFO_AFTER_FAILURES)),
                format(
                        "large-result-head-after-failures",
                        () -> StateRecord.toSend(
                                StateRecord.write(new State.Completed<>(LARGE, INFO_AFTER_FAILURES)), 64 << 10),
                        bytes -> {
                            assertThat(StateRecord.isHead(bytes)).isTrue();
                            assertThat(StateRecord.ofHead(bytes, () -> LARGE).executionInfo())
                                    .isEqualTo(INFO_AFTER_FAILURES);
                        }),
                traced("completed-traced", new State.Completed<>("done", INFO), Long.MAX_VALUE),
                traced(
                        "completed-traced-after-failures",
                        new State.Completed<>("done", INFO_AFTER_FAILURES),
                        Long.MAX_VALUE),
                traced("failed-traced", new State.Failed<>(Reason.TIMED_OUT, text(), INFO), Long.MAX_VALUE),
                traced("large-result-head-traced", new State.Completed<>(LARGE, INFO_AFTER_FAILURES), 64 << 10),
                state("not-ready-released", State.NotReady.released("upstream", INFO)),
                format(
                        "not-ready-with-exception",
                        () -> StateRecord.notReady("upstream", StateRecord.write(failed), INFO),
                        GoldenFormats::checkNotReady),
                format(
                        "large-result-head",
                        () -> StateRecord.toSend(StateRecord.write(new State.Completed<>(LARGE, INFO)), 64 << 10),
                        bytes -> {
                            assertThat(StateRecord.isHead(bytes)).isTrue();
                            State<Object> state = StateRecord.ofHead(bytes, () -> LARGE);
                            assertThat(state).isInstanceOf(State.Completed.class);
                            assertThat(state.executionInfo()).isEqualTo(INFO);
                        }));
    }

    private static Format traced(String name, State<?> value, long inlineResultBytes) {
        return format(name, () -> StateRecord.toSend(StateRecord.write(value, SPAN), inlineResultBytes), bytes -> {
            assertThat(StateRecord.type(bytes)).isEqualTo(value.type());
            assertThat(StateRecord.span(bytes)).contains(SPAN);
            assertThat(StateRecord.attempt(bytes)).isEqualTo(2);
            State<Object> state = StateRecord.isHead(bytes) ? StateRecord.ofHead(bytes, () -> LARGE) : read(bytes);
            assertThat(state).isEqualTo(value);
            assertThat(state.executionInfo()).isEqualTo(value.executionInfo());
        });
    }

    private static <R extends @Nullable Object> State<R> read(byte[] record) {
        return StateRecord.read("key", record, LOADER, StateRecord.ObjectContext.ofThread());
    }

    private static void checkNotReady(byte[] bytes) {
        State<Object> state = read(bytes);
        assertThat(state).isInstanceOf(State.NotReady.class);
        State.NotReady<Object> notReady = (State.NotReady<Object>) state;
        assertThat(notReady.upstream()).isEqualTo("upstream");
        assertThat(notReady.cause().toString()).contains("IllegalStateException", "no luck");
        assertThat(notReady.executionInfo()).isEqualTo(INFO);
        checkException(notReady.cause().throwable().orElseThrow());
    }

    private static Exception exception() {
        IOException cause = new IOException("the cause");
        cause.setStackTrace(new StackTraceElement[] {new StackTraceElement("app.Reader", "read", "Reader.java", 7)});
        Exception exception = new IllegalStateException("no luck", cause);
        exception.setStackTrace(new StackTraceElement[] {new StackTraceElement("app.Main", "main", "Main.java", 3)});
        return exception;
    }

    private static void checkException(Throwable exception) {
        checkSame(exception, exception());
        checkSame(
                requireNonNull(exception.getCause()), requireNonNull(exception().getCause()));
    }

    private static void checkSame(Throwable read, Throwable written) {
        assertThat(read).isExactlyInstanceOf(written.getClass()).hasMessage(written.getMessage());
        assertThat(read.getStackTrace()).isEqualTo(written.getStackTrace());
    }

    private static Failure text() {
        return Failure.ofText("app.OddException", "größer", "app.OddException: größer\n\tat app.Main.main");
    }

    private static Format state(String name, State<?> value) {
        return format(name, () -> StateRecord.write(value), bytes -> {
            assertThat(StateRecord.isState(bytes)).isTrue();
            assertThat(StateRecord.type(bytes)).isEqualTo(value.type());
            State<Object> state = read(bytes);
            assertThat(state).isEqualTo(value);
            assertThat(state.executionInfo()).isEqualTo(value.executionInfo());
        });
    }

    private static List<Format> claims() {
        return List.of(
                claim("claim", new ClaimRecord(ID, NODE, List.of(), false, OptionalInt.empty())),
                claim("claim-after-deaths", new ClaimRecord(ID, NODE, List.of(DEAD, ID), false, OptionalInt.empty())),
                claim("claim-counted", new ClaimRecord(ID, NODE, List.of(DEAD), false, OptionalInt.of(2))),
                claim("claim-counted-started", new ClaimRecord(ID, NODE, List.of(), true, OptionalInt.of(0))),
                claim("claim-started", new ClaimRecord(ID, NODE, List.of(DEAD), true, OptionalInt.empty())),
                format(
                        "claim-given-up",
                        () -> new ClaimRecord(ID, new UUID(0, 0), List.of(DEAD), false, OptionalInt.empty()).bytes(),
                        bytes -> assertThat(ClaimRecord.read(bytes).isGivenUp()).isTrue()),
                format(
                        "no-owner",
                        ClaimRecord::noOwner,
                        bytes -> assertThat(ClaimRecord.isNoOwner(bytes)).isTrue()),
                format(
                        "permits",
                        () -> permits().bytes(),
                        bytes -> assertThat(PermitRecord.read(bytes)).isEqualTo(permits())));
    }

    private static PermitRecord permits() {
        return PermitRecord.empty().with(NODE, new PermitRecord.Share(3, 5)).with(ID, new PermitRecord.Share(0, 1));
    }

    private static Format claim(String name, ClaimRecord value) {
        return format(name, value::bytes, bytes -> {
            assertThat(StateRecord.isState(bytes)).isFalse();
            assertThat(ClaimRecord.read(bytes)).isEqualTo(value);
        });
    }

    private static List<Format> messages() {
        return List.of(
                format(
                        "session",
                        () -> written(SESSION::writeTo),
                        bytes -> assertThat(ClientSession.readFrom("a session", in(bytes)))
                                .isEqualTo(SESSION)),
                new Format(
                        "exchange", () -> written(exchange()::writeExternal), JVM_BYTES, GoldenFormats::checkExchange),
                new Format(
                        "exchange-traced",
                        () -> written(tracedExchange()::writeExternal),
                        JVM_BYTES,
                        GoldenFormats::checkTracedExchange),
                format("found", () -> written(out -> CallUpdate.write(found(), 64 << 10, out)), bytes -> {
                    CallUpdate read = CallUpdate.read(in(bytes));
                    assertThat(read).usingRecursiveComparison().isEqualTo(found());
                }),
                reply("reply", updates()),
                reply("reply-progress", progress()));
    }

    private static Format reply(String name, List<CallUpdate> updates) {
        return format(name, () -> written(new Reply(8, true, updates, 64 << 10)::writeExternal), bytes -> {
            Reply reply = new Reply();
            reply.readExternal(in(bytes));
            assertThat(reply.slots()).isEqualTo(8);
            assertThat(reply.isDraining()).isTrue();
            assertThat(reply.ends()).usingRecursiveComparison().isEqualTo(updates);
        });
    }

    private static List<CallUpdate> progress() {
        Instant time = START.truncatedTo(ChronoUnit.MILLIS);
        return List.of(
                new CallUpdate.Progress("far", 1, Optional.of(new TaskProgress(3, 10, "größe 3", time))),
                new CallUpdate.Progress("retried", 2, Optional.empty()));
    }

    private static CallUpdate found() {
        return new CallUpdate.Told("found", StateRecord.write(new State.Completed<>(42, INFO)), true);
    }

    private static List<CallUpdate> updates() {
        return List.of(
                new CallUpdate.Told("told", StateRecord.write(new State.Completed<>(42, INFO))),
                new CallUpdate.Elsewhere("elsewhere", NODE),
                new CallUpdate.Missing("missing", List.of("upstream-1", "upstream-2")),
                new CallUpdate.Returned("returned"),
                new CallUpdate.Paused("paused"),
                new CallUpdate.RunsAlone("alone", List.of(DEATH)));
    }

    private static Exchange exchange() throws IOException {
        return new Exchange(SESSION, 3, 2, calls(), List.of("cancelled"), 5, PeerClassLoading.OFF);
    }

    private static List<CallRequest> calls() throws IOException {
        CallOptions options =
                CallOptions.none().withTimeout(Duration.ofSeconds(3)).withRetries(2, Duration.ofMillis(100));
        ObjectWriter.Written first = ObjectWriter.writeCall(new Sum(new Point(3, "four", List.of()), 5));
        ObjectWriter.Written second = ObjectWriter.writeCall(new Sum(new Point(6, "seven", List.of()), 8));
        return List.of(
                new CallRequest(
                        "first",
                        options,
                        List.of(DEATH),
                        List.of("upstream-1", "upstream-2"),
                        false,
                        first.bytes(),
                        first.definitions(),
                        null),
                new CallRequest(
                        "second",
                        CallOptions.none(),
                        0,
                        List.of(),
                        List.of(),
                        Map.of(),
                        false,
                        second.bytes(),
                        second.definitions(),
                        null,
                        List.of("loader-1", "loader-2"),
                        Optional.empty()),
                CallRequest.ofState("state", StateRecord.write(new State.Completed<>(42, INFO))));
    }

    private static void checkExchange(byte[] bytes) throws Exception {
        Exchange exchange = new Exchange();
        exchange.readExternal(in(bytes));
        assertThat(exchange)
                .extracting("client", "number", "received", "cancelled", "recalled")
                .containsExactly(SESSION, 3L, 2L, List.of("cancelled"), 5);
        assertThat(exchange.calls())
                .usingRecursiveComparison()
                .ignoringFields("bytes", "definitions", "since")
                .isEqualTo(calls());
        assertThat(sum(exchange.calls().get(0))).isEqualTo(8);
        assertThat(sum(exchange.calls().get(1))).isEqualTo(14);
        State<Object> state = read(exchange.calls().get(2).bytes());
        assertThat(state).isEqualTo(new State.Completed<>(42, INFO));
    }

    private static Exchange tracedExchange() throws IOException {
        return new Exchange(SESSION, 3, 2, List.of(tracedCall()), List.of(), 0, PeerClassLoading.OFF);
    }

    private static CallRequest tracedCall() throws IOException {
        Map<String, String> fields = Map.of(
                "traceparent", "00-0123456789abcdef0123456789abcdef-fedcba9876543210-01",
                "tracestate", "vendor=value",
                "baggage", "user=größe");
        ObjectWriter.Written call = ObjectWriter.writeCall(new Sum(new Point(3, "four", List.of()), 5));
        return new CallRequest(
                        "traced",
                        CallOptions.none().withName("sum"),
                        List.of(),
                        List.of(),
                        false,
                        call.bytes(),
                        call.definitions(),
                        null)
                .tracedBy(CallTrace.arrived(TraceContext.of(fields)));
    }

    private static void checkTracedExchange(byte[] bytes) throws Exception {
        Exchange exchange = new Exchange();
        exchange.readExternal(in(bytes));
        assertThat(exchange.calls())
                .usingRecursiveComparison()
                .ignoringFields("bytes", "definitions", "since")
                .isEqualTo(List.of(tracedCall()));
        assertThat(sum(exchange.calls().get(0))).isEqualTo(8);
    }

    private static long sum(CallRequest call) throws Exception {
        TaskCall<Object> read = ObjectReader.readCall(call.bytes(), call.definitions(), LOADER, future -> future);
        return (Long) requireNonNull(read.call());
    }

    private static List<Format> reports() {
        return List.of(
                format(
                        "node-report",
                        () -> NodeReportFormat.write(nodeReport()),
                        bytes -> assertThat(NodeReportFormat.read(bytes)).isEqualTo(nodeReport())),
                format(
                        "key-list",
                        () -> KeyListFormat.write(keyList()),
                        bytes -> assertThat(KeyListFormat.read(bytes)).isEqualTo(keyList())),
                format("key-report", () -> KeyReportFormat.write(keyReport()), bytes -> {
                    KeyReport read = KeyReportFormat.read(bytes);
                    assertThat(read).usingRecursiveComparison().isEqualTo(keyReport());
                }));
    }

    static NodeReport nodeReport() {
        Instant time = START.truncatedTo(ChronoUnit.MILLIS);
        return new NodeReport(
                8,
                3,
                20,
                "node-1",
                new UUID(1, 2),
                time,
                100L << 20,
                256L << 20,
                0.25,
                1_000,
                NodeReport.UNKNOWN,
                Map.of(
                        "größe",
                                new TaskCounts.Counts(
                                        11, 2, Map.of(StateType.COMPLETED, 7L, StateType.FAILED, 1L), 0, 2),
                        "idle", new TaskCounts.Counts(0, 0, Map.of(), 0, 0)),
                2,
                List.of(
                        activeCall(),
                        new ActiveCall(
                                "unnamed",
                                Optional.empty(),
                                Optional.empty(),
                                1,
                                ActiveCall.Phase.HELD_UP,
                                Optional.empty(),
                                Duration.ZERO,
                                Optional.empty())),
                List.of(new NodeReport.RecentFailure("failed", "größe", time, StateType.FAILED, 2, text())));
    }

    private static ActiveCall activeCall() {
        Instant time = START.truncatedTo(ChronoUnit.MILLIS);
        return new ActiveCall(
                "key",
                Optional.of("größe"),
                Optional.of("run-1"),
                2,
                ActiveCall.Phase.WAITING,
                Optional.of("task 'größe'"),
                Duration.ofMillis(1_500),
                Optional.of(new TaskProgress(3, 10, "größe 3", time)));
    }

    static KeyList keyList() {
        Instant time = START.truncatedTo(ChronoUnit.MILLIS);
        return new KeyList(
                7,
                List.of(
                        new KeyList.ListedKey("ended", KeyState.NOT_READY, "node-1", Optional.of(time)),
                        new KeyList.ListedKey("größe", KeyState.RUNNING, "node-2", Optional.empty())));
    }

    static KeyReport keyReport() {
        return new KeyReport(
                "node-1",
                Optional.of(new byte[] {1, 2, 3}),
                1L << 33,
                true,
                Optional.of(activeCall()),
                Optional.of("app.Main.main\napp.Reader.read"));
    }

    private static Format format(String name, Writer writer, Check reader) {
        return new Format(name, writer, 0, reader);
    }

    private interface Part {
        void writeTo(ObjectOutputStream out) throws IOException;
    }

    private static byte[] written(Part part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            part.writeTo(out);
        }
        return bytes.toByteArray();
    }

    private static ObjectInputStream in(byte[] bytes) throws IOException {
        return new ObjectInputStream(new ByteArrayInputStream(bytes));
    }
}
