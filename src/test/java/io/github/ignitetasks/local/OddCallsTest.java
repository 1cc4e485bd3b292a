package io.github.ignitetasks.local;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a runner of this JVM runs whatever an executor would run, no matter what the call holds. */
final class OddCallsTest {
    private static final int DEEP = 100_000;
    private static final int LARGE = 1_000_000;
    private static final int MANY = 1_000;

    static List<TaskRunner> runners() {
        return List.of(SequentialTaskRunner.create(), ThreadPoolTaskRunner.withSlots(1));
    }

    @ParameterizedTest
    @MethodSource("runners")
    void callMayHoldWhatAnotherThreadChanges(TaskRunner runner) throws InterruptedException {
        List<Integer> list = new ArrayList<>();
        Map<Integer, Integer> map = new HashMap<>();
        CountDownLatch enough = new CountDownLatch(1);
        Thread changing = new Thread(() -> {
            for (int i = 0; enough.getCount() > 0; i++) {
                list.add(i);
                map.put(i % MANY, i);
                if (list.size() > MANY) {
                    list.clear();
                    map.clear();
                }
            }
        });
        changing.start();
        try (TaskSession session = runner.start()) {
            for (int i = 0; i < MANY; i++) {
                TaskFuture<Boolean> future = session.submit("task-" + i, () -> list != null && map != null);
                assertThat(future.result(PATIENCE)).isTrue();
            }
        } finally {
            enough.countDown();
            changing.join();
        }
    }

    @ParameterizedTest
    @MethodSource("runners")
    void callMayHoldWhatCannotBeWritten(TaskRunner runner) {
        Unwritable unwritable = new Unwritable();
        Trap trap = new Trap();
        try (TaskSession session = runner.start()) {
            assertThat(session.submit("task", () -> unwritable.number + trap.number)
                            .result(PATIENCE))
                    .isEqualTo(9);
        }
        assertThat(Trap.TOUCHED).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("runners")
    void callMayHoldWhatIsDeep(TaskRunner runner) {
        Link chain = new Link(null);
        for (int i = 0; i < DEEP; i++) {
            chain = new Link(chain);
        }
        Link head = chain;
        List<Object> nested = new ArrayList<>();
        for (int i = 0; i < DEEP; i++) {
            nested = new ArrayList<>(Collections.singletonList(nested));
        }
        List<Object> lists = nested;
        try (TaskSession session = runner.start()) {
            assertThat(session.submit("task", () -> head.next != null && lists.size() == 1)
                            .result(PATIENCE))
                    .isTrue();
        }
    }

    /** This would take many minutes if the runner searched the whole list. */
    @ParameterizedTest
    @MethodSource("runners")
    void sizeOfWhatACallHoldsDoesNotCount(TaskRunner runner) {
        List<String> large =
                new ArrayList<>(IntStream.range(0, LARGE).mapToObj(i -> "s" + i).toList());
        try (TaskSession session = runner.start()) {
            for (int i = 0; i < MANY; i++) {
                assertThat(session.submit("task-" + i, large::size).result(PATIENCE))
                        .isEqualTo(LARGE);
            }
        }
    }

    @Test
    void futureBesideMuchElseIsWaitedForBeforeTheCallRuns() {
        CountDownLatch gate = new CountDownLatch(1);
        List<String> large = new ArrayList<>(Collections.nCopies(LARGE, "s"));
        try (TaskSession session = ThreadPoolTaskRunner.withSlots(2).start()) {
            TaskFuture<Integer> upstream = session.submit("upstream", () -> {
                gate.await();
                return 1;
            });
            CountDownLatch running = new CountDownLatch(1);

            TaskFuture<Integer> next = session.submit("next", () -> {
                running.countDown();
                return large.size() + upstream.result();
            });

            session.submit("after", () -> 1).result(PATIENCE); // uses the slot that the call would have used
            assertThat(next.isDone()).isFalse();
            assertThat(running.getCount()).isEqualTo(1);
            gate.countDown();
            assertThat(next.result(PATIENCE)).isEqualTo(LARGE + 1);
        }
    }

    /** Both tasks need the only slot. The task that waits lends its slot. */
    @ParameterizedTest
    @MethodSource("runners")
    void futureThatWasNotFoundIsWaitedForInTheCall(TaskRunner runner) {
        try (TaskSession session = runner.start()) {
            for (Hidden<TaskFuture<Integer>> hidden : List.of(
                    hiddenInAnObject(session.submit("one", () -> 1)),
                    hiddenInAList(session.submit("two", () -> 1)),
                    hiddenBehindOthers(session.submit("three", () -> 1)))) {
                int number = hidden.hashCode();
                assertThat(session.submit("next-" + number, () -> hidden.get().result() + 1)
                                .result(PATIENCE))
                        .isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runners")
    void taskWhoseUpstreamFailedIsNotReadyAlsoWhereThatWasNotFound(TaskRunner runner) {
        try (TaskSession session = runner.start()) {
            Hidden<TaskFuture<Integer>> hidden = hiddenInAnObject(session.submit("failed", () -> {
                throw new IllegalStateException("no such page");
            }));

            State<Integer> thrown =
                    end(session.submit("thrown", () -> hidden.get().result() + 1));
            State<Integer> caught = end(session.submit("caught", () -> {
                try {
                    return hidden.get().result();
                } catch (NotCompletedException e) {
                    return 0;
                }
            }));

            for (State<Integer> state : List.of(thrown, caught)) {
                assertThat(state.type()).isEqualTo(StateType.NOT_READY);
                assertThat(state.describe()).contains("failed", "no such page");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runners")
    void futureOfAnotherSessionThatWasNotFoundIsRefusedInTheCall(TaskRunner runner) {
        try (TaskSession session = runner.start();
                TaskSession other = runner.start()) {
            TaskFuture<Integer> foreign = other.submit("foreign", () -> 1);
            Hidden<TaskFuture<Integer>> hidden = hiddenInAnObject(foreign);

            State<Integer> state = end(session.submit("next", () -> hidden.get().result()));

            assertThat(state.type()).isEqualTo(StateType.FAILED);
            assertThat(state.describe()).contains("cannot wait for future 'foreign'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.submit("other", () -> foreign.result()))
                    .withMessageContaining("'foreign', which is a future of another session");
        }
    }

    private static <R extends @Nullable Object> State<R> end(TaskFuture<R> future) {
        return future.await(PATIENCE).orElseThrow();
    }

    /** Hides an object, such as a future, inside a call. */
    private interface Hidden<T> {
        T get();
    }

    private static <T> Hidden<T> hiddenInAnObject(T future) {
        return new Hidden<>() {
            @Override
            public T get() {
                return future;
            }
        };
    }

    /** Hides an object in a list whose class is not the JDK's. */
    private static <T> Hidden<T> hiddenInAList(T future) {
        List<T> list = new AbstractList<>() {
            @Override
            public T get(int index) {
                return future;
            }

            @Override
            public int size() {
                return 1;
            }
        };
        return (Hidden<T> & Serializable) () -> list.get(0);
    }

    private static <T> Hidden<T> hiddenBehindOthers(T future) {
        List<Object> list = new ArrayList<>(Collections.nCopies(LARGE, "s"));
        list.add(future);
        @SuppressWarnings("unchecked") // the last element is a T
        Hidden<T> hidden = (Hidden<T> & Serializable) () -> (T) list.get(LARGE);
        return hidden;
    }

    private static final class Link implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final @Nullable Link next;

        Link(@Nullable Link next) {
            this.next = next;
        }
    }

    private static final class Unwritable implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int number = 7;

        @Serial
        private void writeObject(ObjectOutputStream out) {
            throw new IllegalStateException("not to be written");
        }
    }

    /** Counts calls of its methods that a search of a call's objects could make. */
    private static final class Trap extends AbstractList<String> implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private static final AtomicInteger TOUCHED = new AtomicInteger();

        private final int number = 2;

        @Override
        public String get(int index) {
            TOUCHED.incrementAndGet();
            return "";
        }

        @Override
        public int size() {
            TOUCHED.incrementAndGet();
            return 1;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            TOUCHED.incrementAndGet();
            return this == other;
        }

        @Override
        public int hashCode() {
            TOUCHED.incrementAndGet();
            return 1;
        }

        @Serial
        private Object writeReplace() {
            TOUCHED.incrementAndGet();
            return "";
        }
    }
}
