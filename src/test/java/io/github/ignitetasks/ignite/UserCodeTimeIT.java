package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.State.Failed.Reason;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.support.SlowObjects;
import io.github.ignitetasks.support.Stop;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests of user code that hangs, at each moment at which an attempt runs such code. The node has one slot. A timeout or
 * a cancellation ends the attempt, and other calls get the slot.
 */
final class UserCodeTimeIT {
    private static final CallOptions BRIEF = CallOptions.none().withTimeout(Duration.ofMillis(200));
    private static final CallOptions SECOND = CallOptions.none().withTimeout(Duration.ofSeconds(1));
    private static final AtomicInteger KEYS = new AtomicInteger();

    private static Cluster cluster = new EmbeddedCluster().start(Map.of());
    private static TaskRunner runner =
            IgniteTaskRunner.builder().cluster(cluster).slots(1).build();
    private static TaskSession session = runner.start();

    /** Exists until the session has closed, because tasks look for their gates until then. */
    @TempDir
    private static Path folders;

    private Stop stop;
    private Stop deaf;
    private Tally tally;

    /** The moments at which an attempt runs user code. */
    private enum Moment {
        CALL_IS_READ {
            @Override
            TaskCall<Object> call(Stop stop) {
                SlowObjects.Read captured = new SlowObjects.Read(stop);
                return () -> captured.getClass().getName();
            }
        },
        CALL_IS_RESOLVED {
            @Override
            TaskCall<Object> call(Stop stop) {
                SlowObjects.Resolved captured = new SlowObjects.Resolved(stop);
                return () -> captured.getClass().getName();
            }
        },
        CALL_IS_HASHED {
            @Override
            TaskCall<Object> call(Stop stop) {
                Map<SlowObjects.Hashed, Integer> captured = new HashMap<>(Map.of(new SlowObjects.Hashed(stop), 1));
                return () -> captured.size();
            }
        },
        CALL_RUNS {
            @Override
            TaskCall<Object> call(Stop stop) {
                return () -> {
                    stop.pass();
                    return 1;
                };
            }
        },
        RESULT_IS_REPLACED {
            @Override
            TaskCall<Object> call(Stop stop) {
                return () -> new SlowObjects.Replaced(stop);
            }
        },
        RESULT_IS_WRITTEN {
            @Override
            TaskCall<Object> call(Stop stop) {
                Tally writes = Tally.in(folders);
                return () -> new SlowObjects.Written(stop, writes);
            }
        },
        EXCEPTION_IS_WRITTEN {
            @Override
            TaskCall<Object> call(Stop stop) {
                return () -> {
                    throw new SlowObjects.WrittenException(stop);
                };
            }
        };

        abstract TaskCall<Object> call(Stop stop);
    }

    @BeforeEach
    void makeStops() throws IOException {
        stop = Stop.in(folders, false);
        deaf = Stop.in(folders, true);
        tally = Tally.in(Files.createTempDirectory(folders, "tally"));
    }

    @AfterEach
    void slotIsFree() {
        assertThat(session.submit(key("after"), () -> 1).result(Deadlines.PATIENCE))
                .isEqualTo(1);
        stop.go().open();
        deaf.go().open();
    }

    @AfterAll
    static void close() {
        session.close(Deadlines.PATIENCE);
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource
    void timeoutEndsTheAttempt(Moment moment) {
        assertTimedOut(end(session.submit(key("brief"), moment.call(stop), BRIEF)));
    }

    @ParameterizedTest
    @EnumSource
    void timeoutEndsAnAttemptThatIgnoresInterrupts(Moment moment) {
        assertTimedOut(end(session.submit(key("deaf"), moment.call(deaf), BRIEF)));
    }

    @ParameterizedTest
    @EnumSource
    void cancelEndsTheAttempt(Moment moment) {
        TaskFuture<Object> future = session.submit(key("cancelled"), moment.call(stop));
        stop.awaitReached();

        assertThat(future.cancel()).isTrue();

        assertThat(end(future).describe()).isEqualTo("Cancelled");
    }

    @ParameterizedTest
    @EnumSource
    void cancelEndsAnAttemptThatIgnoresInterruptsAndSaysThatItRunsOn(Moment moment) {
        TaskFuture<Object> future = session.submit(key("deaf"), moment.call(deaf));
        deaf.awaitReached();

        assertThat(future.cancel()).isTrue();

        assertThat(end(future))
                .isInstanceOfSatisfying(
                        State.Cancelled.class,
                        state -> assertThat(state.stillRunning()).isTrue());
    }

    @Test
    void timeoutSaysWhatTookSoLong() {
        State<Object> reading = end(session.submit(key("reading"), Moment.CALL_IS_READ.call(stop), SECOND));
        State<Object> writing = end(session.submit(key("writing"), Moment.RESULT_IS_WRITTEN.call(stop), SECOND));

        assertThat(reading.describe()).contains("timeout of PT1S, while its call was being read");
        assertThat(writing.describe()).contains("timeout of PT1S, while its result was being written");
    }

    @Test
    void attemptThatTimesOutWhileItsResultIsWrittenIsRetried() {
        Tally attempts = tally;
        Stop first = stop;
        TaskFuture<Object> future = session.submit(
                key("retried"),
                () -> {
                    attempts.add();
                    return attempts.count() == 1 ? new SlowObjects.Replaced(first) : "second";
                },
                SECOND.withRetries(1, Duration.ZERO));

        assertThat(end(future).result()).isEqualTo("second");
        assertThat(attempts.count()).isEqualTo(2);
    }

    @Test
    void resultIsWrittenOnce() {
        stop.go().open();
        Stop open = stop;
        Tally writes = tally;

        end(session.submit(key("once"), () -> new SlowObjects.Written(open, writes)));

        assertThat(writes.count()).isEqualTo(1);
    }

    @Test
    void interruptThatACallLeavesBehindIsNotThereWhileItsResultIsWritten() {
        stop.go().open();
        Stop open = stop;

        State<Object> state = end(session.submit(key("interrupts"), () -> {
            Thread.currentThread().interrupt();
            return new Sleeper(open);
        }));

        assertThat(state.isCompleted()).as(state.describe()).isTrue();
    }

    private static void assertTimedOut(State<?> state) {
        assertThat(state)
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.TIMED_OUT));
    }

    private static String key(String name) {
        return name + "-" + KEYS.incrementAndGet();
    }

    private static <R> State<R> end(TaskFuture<R> future) {
        return future.await(Deadlines.PATIENCE).orElseThrow();
    }

    /** An object that sleeps for a moment while it is written. No interrupt must end that sleep. */
    private static final class Sleeper implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Stop open;

        Sleeper(Stop open) {
            this.open = open;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            open.pass();
            out.defaultWriteObject();
        }
    }
}
