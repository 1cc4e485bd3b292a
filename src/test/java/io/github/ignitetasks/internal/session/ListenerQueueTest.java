package io.github.ignitetasks.internal.session;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.TaskEvent;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.support.CapturedLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ListenerQueueTest {
    private final CapturedLog log = CapturedLog.of(ListenerQueue.class);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @AfterEach
    void close() {
        log.close();
    }

    /** Blocks at the first event, until it may go on or is interrupted. */
    private final TaskListener blocking = new TaskListener() {
        @Override
        public void submitted(TaskEvent.Submitted event) {
            called.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            heard.add(event.key());
        }
    };

    private ListenerQueue queueOf(int capacity, TaskListener listener) {
        return new ListenerQueue("test-1", List.of(listener), capacity);
    }

    private static void add(ListenerQueue queue, int number) {
        TaskEvent event = new TaskEvent.Submitted("key-" + number, Optional.empty(), Optional.empty(), Instant.EPOCH);
        queue.add(() -> List.of(event));
    }

    @Test
    void eventThatCannotBeReadIsLoggedAndLaterOnesAreHeard() {
        ListenerQueue queue = queueOf(10, blocking);
        go.countDown();
        queue.add(() -> {
            throw new IllegalStateException("damaged");
        });
        add(queue, 1);

        queue.close(PATIENCE);

        assertThat(heard).containsExactly("key-1");
        assertThat(log.messages()).singleElement().asString().contains("an event cannot be read");
    }

    @Test
    void eventsBehindManyOthersAreReadAtOnce() throws InterruptedException {
        ListenerQueue queue = queueOf(10_000, blocking);
        AtomicInteger reads = new AtomicInteger();
        add(queue, 0);
        called.await();
        for (int i = 0; i < 1_000; i++) {
            queue.add(() -> {
                reads.incrementAndGet();
                return List.of();
            });
        }

        assertThat(reads).hasValueBetween(700, 999);
        go.countDown();
        queue.close(PATIENCE);
    }

    @Test
    void fullQueueDropsAndCountsWhatComes() throws InterruptedException {
        ListenerQueue queue = queueOf(2, blocking);
        add(queue, 0);
        called.await();
        for (int i = 1; i < 7; i++) {
            add(queue, i);
        }
        go.countDown();

        queue.close(PATIENCE);

        assertThat(heard).containsExactly("key-0", "key-1", "key-2");
        assertThat(log.messages())
                .containsExactly(
                        "test-1: a listener is too slow, and misses events; 1 so far",
                        "test-1: its listeners missed 4 events, as they were too slow");
    }

    @Test
    void closeWaitsForAListenerForABoundedTimeAndThenInterruptsIt() throws InterruptedException {
        ListenerQueue queue = queueOf(10, blocking);
        add(queue, 0);
        called.await();
        add(queue, 1);

        queue.close(GLIMPSE);
        interrupted.await();
        add(queue, 2);

        assertThat(log.messages()).containsExactly("test-1: its listeners missed 1 events, as they were too slow");
        assertThat(heard).doesNotContain("key-1", "key-2");
    }

    @Test
    void exceptionsAreLoggedOncePerClassAndStopNothing() {
        ListenerQueue queue = queueOf(100, new TaskListener() {
            @Override
            public void submitted(TaskEvent.Submitted event) {
                heard.add(event.key());
                Thread.currentThread().interrupt(); // its own thread, which goes on
                if (heard.size() % 2 == 0) {
                    throw new IllegalStateException("even");
                }
                throw new AssertionError("odd");
            }
        });
        for (int i = 0; i < 40; i++) {
            add(queue, i);
        }

        queue.close(PATIENCE);

        assertThat(heard).hasSize(40);
        assertThat(log.messages()).hasSize(2).allMatch(line -> line.contains("a listener threw, and goes on"));
    }

    @Test
    void listenerMayCloseItsQueue() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        ListenerQueue[] own = new ListenerQueue[1];
        own[0] = queueOf(10, new TaskListener() {
            @Override
            public void submitted(TaskEvent.Submitted event) {
                own[0].close(PATIENCE);
                closed.countDown();
            }
        });

        add(own[0], 0);

        closed.await();
        assertThat(log.messages()).isEmpty();
    }
}
