package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.Records;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.util.future.IgniteFinishedFutureImpl;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a node that claims keys of another node. */
final class ClaimsIT {
    private final AtomicBoolean lost = new AtomicBoolean();
    private final CompletableFuture<Claims.Decision> decided = new CompletableFuture<>();

    @Test
    void claimWhoseAnswerIsLostIsAskedForAgain(@TempDir Path folder) throws InterruptedException {
        try (TestGrid grid = TestGrid.start(folder, 2);
                Timer timer = new Timer("claims")) {
            IgniteEx claimant = (IgniteEx) grid.node(0);
            Records atOwner = Records.of(grid.node(1));
            await().atMost(Deadlines.PATIENCE)
                    .until(() -> !atOwner.primaryPartitions().isEmpty());
            acquirePartitions(grid.node(1));
            Records records = Records.of(proxy(IgniteEx.class, claimant, this::losingAnAnswer));
            OwnedPartitions owned = new OwnedPartitions(claimant, records, new InFlightKeys(), timer);
            Claims claims = new Claims(
                    claimant,
                    records,
                    records.changes(),
                    owned,
                    timer,
                    (run, decision) -> decided.complete(decision),
                    (run, problem) -> decided.completeExceptionally(problem));
            String key = Stream.iterate(0, number -> number + 1)
                    .map(number -> "key-" + number)
                    .filter(atOwner::isPrimary)
                    .findFirst()
                    .orElseThrow();

            claims.decide(List.of(run(key)));

            assertThat(inTime(decided)).isEqualTo(new Claims.Decision.Ours());
            assertThat(lost).isTrue();
            assertThat(ClaimRecord.read(requireNonNull(atOwner.find(key))).node())
                    .isEqualTo(claimant.localNode().id());
        }
    }

    private static void acquirePartitions(Ignite node) {
        CompletableFuture<Boolean> moved = new CompletableFuture<>();
        NodeWorker.of(node).owned().acquire(() -> moved.complete(true), moved::completeExceptionally);
        assertThat(inTime(moved)).isTrue();
    }

    private static KeyExecution run(String key) {
        ClientSession client =
                new ClientSession(UUID.randomUUID(), UUID.randomUUID(), new SessionSettings(0, Duration.ofHours(1), 1));
        CallRequest call =
                new CallRequest(key, CallOptions.none(), List.of(), List.of(), false, new byte[0], List.of(), null);
        return new KeyExecution(call, ClaimsIT.class.getClassLoader(), client);
    }

    private @Nullable Object losingAnAnswer(Method method, @Nullable Object answer) {
        return method.getName().equals("getOrCreateCache") && answer instanceof IgniteCache<?, ?> cache
                ? proxy(IgniteCache.class, cache, this::lose)
                : answer;
    }

    /** Replaces the first answer of an owner by null, as Ignite sometimes does. The owner has done its work by then. */
    private @Nullable Object lose(Method method, @Nullable Object answer) {
        if (method.getName().equals("invokeAsync")
                && answer instanceof IgniteFuture<?> asked
                && lost.compareAndSet(false, true)) {
            assertThat(asked.get()).isNotNull();
            return new IgniteFinishedFutureImpl<@Nullable Object>((Object) null);
        }
        return answer;
    }

    private interface Change {
        @Nullable
        Object of(Method method, @Nullable Object answer);
    }

    private static <T> T proxy(Class<T> type, T target, Change change) {
        return type.cast(Proxy.newProxyInstance(
                ClaimsIT.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return change.of(method, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static <T> T inTime(CompletableFuture<T> future) {
        return future.orTimeout(Deadlines.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
