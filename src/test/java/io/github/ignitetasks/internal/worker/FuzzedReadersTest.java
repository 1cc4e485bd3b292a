package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.FailedAttempt;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.ResultUnavailableException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.codec.DeepStack;
import io.github.ignitetasks.internal.codec.ObjectReader;
import io.github.ignitetasks.internal.codec.ObjectWriter;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.PermitRecord;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.tracing.CallTrace;
import io.github.ignitetasks.internal.tracing.SpanReference;
import io.github.ignitetasks.internal.tracing.TraceContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Tests that readers of changed bytes throw only the exceptions that they declare. */
final class FuzzedReadersTest {
    private static final ClassLoader LOADER = FuzzedReadersTest.class.getClassLoader();
    private static final int ROUNDS = 1_500;
    private static final UUID ID = new UUID(1, 2);

    private final Random random = new Random(7);

    /** A reader of bytes. */
    private interface Reader {
        void read(byte[] bytes) throws Exception;
    }

    @Test
    void objectsAreReadOrRefused() throws Exception {
        for (Object object : objects()) {
            byte[] bytes = ObjectWriter.write(object).bytes();
            fuzz(bytes, changed -> ObjectReader.read(changed, LOADER), IOException.class, ClassNotFoundException.class);
        }
    }

    private static List<Object> objects() {
        Map<Object, Object> map = new HashMap<>(Map.of("a", List.of(1, 2), List.of("key"), "b".repeat(300)));
        Set<Object> set = new HashSet<>(List.of(map, "text", 7L));
        TaskCall<Integer> lambda = () -> map.size() + set.size();
        return List.of(
                map,
                set,
                lambda,
                new LinkedHashMap<>(map),
                new TreeMap<>(Map.of("a", new long[] {1, 2})),
                new ConcurrentHashMap<>(map),
                new ArrayList<>(Arrays.asList(map, map, set, lambda)),
                new IllegalStateException("outer", new IOException("inner")),
                new Object[][] {{1, "a"}, {map}},
                Duration.ofSeconds(7),
                Collections.unmodifiableMap(map),
                StateType.FAILED,
                "text");
    }

    @Test
    void callsAreReadOrRefused() throws Exception {
        for (Object object : objects()) {
            ObjectWriter.Written call = ObjectWriter.writeCall((TaskCall<Object> & java.io.Serializable) () -> object);
            fuzz(
                    call.bytes(),
                    changed -> DeepStack.readWhereItFits(
                            () -> ObjectReader.readCall(changed, call.definitions(), LOADER, future -> future)),
                    IOException.class,
                    ClassNotFoundException.class);
        }
    }

    @Test
    void recordsAreReadOrRefused() throws Exception {
        ExecutionInfo trace = new ExecutionInfo(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), "node", 2);
        Failure failure = Failure.of(new IllegalStateException("outer", new IOException("inner")));
        ExecutionInfo afterFailures = trace.withFailedAttempts(List.of(
                new FailedAttempt(1, Instant.EPOCH, Instant.EPOCH, "node", failure),
                new FailedAttempt(2, Instant.EPOCH, Instant.EPOCH, "node", failure)));
        SpanReference span = new SpanReference("0123456789abcdef0123456789abcdef", "fedcba9876543210", (byte) 1);
        fuzz(
                StateRecord.write(new State.Completed<>(7, afterFailures), span),
                record -> {
                    Optional<SpanReference> unused = StateRecord.span(record);
                    readAll(record);
                },
                UncheckedIOException.class,
                ResultUnavailableException.class);
        for (State<?> state : List.<State<?>>of(
                new State.Completed<>(objects().get(0), afterFailures),
                new State.Cancelled<>(true, afterFailures),
                new State.Completed<>(objects().get(0), trace),
                new State.Completed<>(7, trace),
                new State.Failed<>(State.Failed.Reason.EXCEPTION, failure, trace),
                new State.Crashed<>(failure, trace),
                new State.Cancelled<>(true, trace),
                State.NotReady.released("upstream", trace))) {
            fuzz(
                    StateRecord.write(state),
                    FuzzedReadersTest::readAll,
                    UncheckedIOException.class,
                    ResultUnavailableException.class);
        }
        fuzz(ClaimRecord.of(ID, List.of(ID)).bytes(), ClaimRecord::read, IllegalArgumentException.class);
        PermitRecord permits = PermitRecord.empty()
                .with(ID, new PermitRecord.Share(3, 5))
                .with(new UUID(3, 4), new PermitRecord.Share(0, 1));
        fuzz(permits.bytes(), PermitRecord::read, UncheckedIOException.class);
    }

    /** Reads a state and the objects in it. */
    private static Object readAll(byte[] record) {
        if (StateRecord.isHead(record)) {
            return StateRecord.ofHead(record, () -> "").failedAttempts();
        }
        State<Object> state = StateRecord.read("key", record, LOADER, StateRecord.ObjectContext.ofThread());
        return state.isCompleted()
                ? String.valueOf(state.result())
                : state.failure()
                        .map(failure -> failure.throwable().isPresent())
                        .orElse(false);
    }

    @Test
    void exchangesAreReadOrRefused() throws Exception {
        CallOptions options = CallOptions.none()
                .withTimeout(Duration.ofSeconds(3))
                .withDeadline(Duration.ofSeconds(9))
                .withName("fetch")
                .withCrashRetries(1)
                .withPriority(7)
                .onNodes("zone", "a")
                .requires("gpu", 1)
                .limit("db", 10);
        List<CallRequest> calls = new ArrayList<>();
        for (Object object : objects()) {
            ObjectWriter.Written call = ObjectWriter.writeCall((TaskCall<Object> & java.io.Serializable) () -> object);
            calls.add(new CallRequest(
                            "key-" + calls.size(),
                            options,
                            List.of(new NodeDeath(ID, "node")),
                            List.of("upstream"),
                            false,
                            call.bytes(),
                            call.definitions(),
                            call.origin())
                    .tracedBy(
                            CallTrace.arrived(TraceContext.of(Map.of("traceparent", "00-1-2-01", "baggage", "a=b")))));
        }
        Exchange exchange = new Exchange(
                new ClientSession(ID, ID, new SessionSettings(4, Duration.ofHours(1), 64 << 10)),
                3,
                2,
                calls,
                List.of("cancelled"),
                1,
                PeerClassLoading.OFF);
        fuzz(written(exchange), changed -> read(new Exchange(), changed), IOException.class);
    }

    @Test
    void endsAreReadOrRefused() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            State<?> state = new State.Completed<>(7, ExecutionInfo.neverRan("node"));
            for (CallUpdate end : List.of(
                    new CallUpdate.Told("told", StateRecord.write(state)),
                    new CallUpdate.Told("found", StateRecord.write(state), true),
                    new CallUpdate.Elsewhere("elsewhere", ID),
                    new CallUpdate.Missing("missing", List.of("a", "b")),
                    new CallUpdate.Returned("returned"),
                    new CallUpdate.RunsAlone("alone", List.of(new NodeDeath(ID, "node"))),
                    new CallUpdate.Paused("paused"),
                    new CallUpdate.Progress("far", 1, Optional.of(new TaskProgress(3, 10, "page 3", Instant.EPOCH))),
                    new CallUpdate.Progress("retried", 2, Optional.empty()))) {
                CallUpdate.write(end, Long.MAX_VALUE, out);
            }
        }
        fuzz(
                bytes.toByteArray(),
                changed -> {
                    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(changed))) {
                        for (int i = 0; i < 9; i++) {
                            CallUpdate.read(in);
                        }
                    }
                },
                IOException.class);
    }

    @Test
    void reportsAreReadOrRefused() throws Exception {
        fuzz(NodeReportFormat.write(GoldenFormats.nodeReport()), NodeReportFormat::read, IOException.class);
        fuzz(KeyListFormat.write(GoldenFormats.keyList()), KeyListFormat::read, IOException.class);
        fuzz(KeyReportFormat.write(GoldenFormats.keyReport()), KeyReportFormat::read, IOException.class);
    }

    private static byte[] written(Externalizable object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            object.writeExternal(out);
        }
        return bytes.toByteArray();
    }

    private static void read(Externalizable object, byte[] bytes) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            object.readExternal(in);
        }
    }

    private void fuzz(byte[] bytes, Reader reader, Class<?>... declared) throws Exception {
        reader.read(bytes.clone()); // unchanged bytes are readable
        for (int round = 0; round < ROUNDS; round++) {
            byte[] changed = changed(bytes);
            try {
                reader.read(changed);
            } catch (Throwable e) {
                assertThat(e)
                        .as("round %s, %s", round, Arrays.toString(changed))
                        .isInstanceOfAny(declared);
            }
        }
    }

    private byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(5)) {
                case 0 -> changed[at] = (byte) random.nextInt();
                case 1 -> changed[at] = (byte) (0x70 + random.nextInt(16));
                case 2 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> changed = Arrays.copyOf(changed, Math.max(1, at));
                default -> {
                    int from = random.nextInt(changed.length);
                    int length = random.nextInt(Math.min(16, changed.length - Math.max(at, from)) + 1);
                    System.arraycopy(changed, from, changed, at, length);
                }
            }
        }
        return changed;
    }
}
