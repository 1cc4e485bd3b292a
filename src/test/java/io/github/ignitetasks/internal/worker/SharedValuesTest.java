package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.internal.execution.CallNotRunException;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests which shared values a node reads, and which it keeps. */
final class SharedValuesTest {
    private final AtomicBoolean there = new AtomicBoolean(true);
    private final AtomicInteger reads = new AtomicInteger();
    private final SharedValues values = new SharedValues(key -> there.get());
    private final ClassLoader loader = SharedValuesTest.class.getClassLoader();
    private final byte[] head = head(1);

    @Test
    void valueIsReadOnce() {
        Object first = values.get("key", head, loader, this::read);

        assertThat(values.get("key", head(1), loader, this::read)).isSameAs(first);
        assertThat(reads).hasValue(1);
    }

    @Test
    void otherKeysRecordsAndLoadersHaveValuesOfTheirOwn() throws Exception {
        Object first = values.get("key", head, loader, this::read);
        try (URLClassLoader other = new URLClassLoader(new URL[0])) {
            assertThat(List.of(
                            first,
                            values.get("other", head, loader, this::read),
                            values.get("key", head(2), loader, this::read),
                            values.get("key", head, other, this::read)))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void threadThatNeedsTheValueWhileAnotherReadsItWaits() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        FutureTask<Object> first = new FutureTask<>(() -> values.get("key", head, loader, () -> readAfter(go)));
        FutureTask<Object> second = new FutureTask<>(() -> values.get("key", head, loader, this::read));
        startAndAwaitWait(first);
        startAndAwaitWait(second);

        go.countDown();

        assertThat(second.get()).isSameAs(first.get());
        assertThat(reads).hasValue(1);
    }

    @Test
    void threadReadsTheValueThatAnotherCouldNotRead() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        FutureTask<Object> first = new FutureTask<>(() -> values.get("key", head, loader, () -> {
            Object unused = readAfter(go);
            throw new IllegalStateException("it cannot be read");
        }));
        FutureTask<Object> second = new FutureTask<>(() -> values.get("key", head, loader, this::read));
        startAndAwaitWait(first);
        startAndAwaitWait(second);

        go.countDown();

        assertThat(second.get()).isNotNull();
        assertThat(reads).hasValue(2);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(first::get)
                .withMessageContaining("cannot be read");
    }

    @Test
    void threadThatIsInterruptedWhileItWaitsStopsWaiting() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        FutureTask<Object> first = new FutureTask<>(() -> values.get("key", head, loader, () -> readAfter(go)));
        FutureTask<Object> second = new FutureTask<>(() -> values.get("key", head, loader, this::read));
        startAndAwaitWait(first);
        Thread waiting = startAndAwaitWait(second);

        waiting.interrupt();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(second::get)
                .withCauseInstanceOf(TaskInterruptedException.class);
        go.countDown();
        assertThat(first.get()).isNotNull();
    }

    @Test
    void valuesThatWereUsedLastAreKept() {
        Object used = values.get("used", head, loader, this::read);
        List<Object> held = IntStream.range(0, 2 * SharedValues.MAX_VALUES) // so that no value is collected
                .mapToObj(number -> {
                    assertThat(values.<Object>get("used", head, loader, this::read))
                            .isSameAs(used);
                    return values.<Object>get("key-" + number, head, loader, this::read);
                })
                .toList();

        int before = reads.get();
        assertThat(values.<Object>get("key-0", head, loader, this::read)).isNotSameAs(held.get(0));
        assertThat(reads).hasValue(before + 1);
    }

    @Test
    void valueWithoutARecordIsGone() throws Exception {
        Map<String, byte[]> states = Map.of("key", head);
        values.checkThere(states, loader);
        Object value = values.get("key", head, loader, this::read);
        values.checkThere(states, loader);

        there.set(false);

        await().atMost(Deadlines.PATIENCE)
                .untilAsserted(() -> assertThatExceptionOfType(CallNotRunException.class)
                        .as("a moment after it was there")
                        .isThrownBy(() -> values.checkThere(states, loader))
                        .withMessageContaining("upstreams=[key]"));
        assertThat(values.get("key", head, loader, this::read)).isNotSameAs(value);
    }

    @Test
    void onlyHeadsAreSharedValues() throws Exception {
        there.set(false);
        byte[] whole = StateRecord.write(new State.Cancelled<>(false, ExecutionInfo.neverRan("")));

        values.checkThere(Map.of("key", whole), loader);

        assertThat(SharedValues.isShared(whole)).isFalse();
        assertThat(SharedValues.isShared(null)).isFalse();
        assertThat(SharedValues.isShared(head)).isTrue();
    }

    @Test
    void valueThatIsNullIsGiven() {
        Supplier<Object> none = () -> {
            assertThat(reads.incrementAndGet()).isPositive();
            return null;
        };

        assertThat(values.get("key", head, loader, none)).isNull();
        assertThatIllegalStateException()
                .isThrownBy(() -> values.get("other", head, loader, () -> {
                    throw new IllegalStateException("it cannot be read");
                }));
    }

    private Object read() {
        reads.incrementAndGet();
        return new Object();
    }

    private Object readAfter(CountDownLatch go) {
        try {
            assertThat(go.await(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return read();
    }

    private static Thread startAndAwaitWait(FutureTask<Object> code) {
        Thread thread = new Thread(code, "user of a shared value");
        thread.setDaemon(true);
        thread.start();
        await().atMost(Deadlines.PATIENCE)
                .until(() ->
                        thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    /** Returns the head of a record of a time. */
    private static byte[] head(long second) {
        Instant time = Instant.ofEpochSecond(second);
        return StateRecord.toSend(
                StateRecord.write(new State.Completed<>(List.of(1), new ExecutionInfo(time, time, "node", 1))), 0);
    }
}
