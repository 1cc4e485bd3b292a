package io.github.ignitetasks.contract;

import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.FailedAttempt;
import io.github.ignitetasks.Retries;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contract of what a state tells of its past: its failed attempts, and whether it was found. */
interface PastContract extends Contract {
    /** A timeout that an attempt exceeds only if it waits for ever. */
    Duration LIMIT = Duration.ofSeconds(2);

    /** Fails in the first attempts, each with its number. */
    private static int failUntil(int attempt) throws FailureContract.OwnException {
        int number = TaskContext.current().orElseThrow().attempt();
        if (number < attempt) {
            throw new FailureContract.OwnException("attempt " + number);
        }
        return number;
    }

    private <R extends @Nullable Object> State<R> endWithRetries(int retries, TaskCall<R> call) {
        return end(session().submit(key("retried"), call, CallOptions.none().withRetries(retries, Duration.ZERO)));
    }

    private static void assertNumbers(List<FailedAttempt> attempts, int first, int last) {
        assertThat(attempts)
                .extracting(FailedAttempt::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(first, last).boxed().toList());
    }

    @Test
    default void stateOfTheFirstAttemptHasNoFailedAttempts() {
        State<Integer> completed = end(session().submit(key("good"), () -> 1));
        State<Integer> failed = end(session().submit(key("bad"), () -> failUntil(2)));

        assertThat(completed.failedAttempts()).isEmpty();
        assertThat(failed.failedAttempts()).isEmpty();
        assertNumbers(FailedAttempt.allOf(completed), 1, 0);
        assertNumbers(FailedAttempt.allOf(failed), 1, 1);
    }

    @Test
    default void completedTaskTellsWhenWhereAndWhyEarlierAttemptsFailed() {
        State<Integer> state = endWithRetries(5, () -> failUntil(3));

        assertThat(state.result()).isEqualTo(3);
        assertNumbers(state.failedAttempts(), 1, 2);
        FailedAttempt first = state.failedAttempts().get(0);
        FailedAttempt second = state.failedAttempts().get(1);
        assertThat(first.startTime()).isBeforeOrEqualTo(first.endTime());
        assertThat(first.endTime()).isBeforeOrEqualTo(second.startTime());
        assertThat(second.endTime()).isBeforeOrEqualTo(state.startTime());
        assertThat(first.node()).isEqualTo(state.node());
        assertThat(second.failure().type()).isEqualTo(FailureContract.OwnException.class.getName());
        assertThat(second.failure().message()).isEqualTo("attempt 2");
        assertThat(second.failure().stackTrace()).contains("attempt 2", PastContract.class.getSimpleName());
        assertThat(second.failure().throwable()).as("it is text alone").isEmpty();
    }

    @Test
    default void failedTaskTellsEarlierAttemptsBesideItsFailure() {
        State<Integer> state = endWithRetries(2, () -> failUntil(9));

        assertThat(state.failure().orElseThrow().message()).isEqualTo("attempt 3");
        assertNumbers(state.failedAttempts(), 1, 2);
        List<FailedAttempt> all = FailedAttempt.allOf(state);
        assertNumbers(all, 1, 3);
        assertThat(all.get(2).failure().message()).isEqualTo("attempt 3");
        assertThat(all.get(2).endTime()).isEqualTo(state.endTime());
    }

    @Test
    default void attemptThatTimedOutIsAFailedAttempt() {
        Gate never = gate();

        State<Integer> state = end(session()
                .submit(
                        key("slow"),
                        () -> {
                            if (TaskContext.current().orElseThrow().attempt() == 1) {
                                never.pass();
                            }
                            return failUntil(9);
                        },
                        CallOptions.none().withTimeout(LIMIT).withRetries(1, Duration.ZERO)));

        assertThat(state.name()).isEqualTo("Failed");
        assertNumbers(state.failedAttempts(), 1, 1);
        assertThat(state.failedAttempts().get(0).failure().type()).isEqualTo(TimeoutException.class.getName());
    }

    @Test
    default void taskThatTimesOutAfterAFailureTellsThat() {
        Gate never = gate();

        State<Integer> state = end(session()
                .submit(
                        key("slow"),
                        () -> {
                            failUntil(2);
                            never.pass();
                            return 1;
                        },
                        CallOptions.none().withTimeout(LIMIT).withRetries(1, Duration.ZERO)));

        assertThat(state.name()).isEqualTo("TimedOut");
        assertNumbers(state.failedAttempts(), 1, 1);
        assertThat(state.failedAttempts().get(0).failure().message()).isEqualTo("attempt 1");
    }

    @Test
    default void taskThatCrashesAfterAFailureTellsThat() {
        TaskFuture<Integer> upstream = session().submit(key("upstream"), () -> 1);

        State<Object> state = this.<Object>endWithRetries(1, () -> {
            failUntil(2);
            return upstream; // no result may hold a future
        });

        assertThat(state.type()).isEqualTo(StateType.CRASHED);
        assertNumbers(state.failedAttempts(), 1, 1);
    }

    @Test
    default void taskThatIsCancelledAfterAFailureTellsThat() throws InterruptedException {
        Gate never = gate();
        Gate started = gate();
        String key = key("cancelled");
        CallOptions options =
                CallOptions.none().withRetries(Retries.delays(Duration.ZERO, Deadlines.PATIENCE.multipliedBy(10)));
        Background.run(() -> session()
                .submit(
                        key,
                        () -> {
                            failUntil(2);
                            started.open();
                            never.pass();
                            return 1;
                        },
                        options));
        started.pass();
        TaskFuture<Integer> future = session().submit(key, () -> 1);

        future.cancel();

        State<Integer> state = end(future);
        assertThat(state.type()).isEqualTo(StateType.CANCELLED);
        assertNumbers(state.failedAttempts(), 1, 1);
    }

    @Test
    default void onlyTheLatestTenFailedAttemptsAreToldWithShortTexts() {
        State<Integer> state = endWithRetries(14, () -> {
            failUntil(2);
            if (TaskContext.current().orElseThrow().attempt() < 15) {
                throw new FailureContract.OwnException("m".repeat(10_000));
            }
            return 1;
        });

        assertThat(state.attempt()).isEqualTo(15);
        assertNumbers(state.failedAttempts(), 5, 14);
        assertThat(state.failedAttempts()).allSatisfy(attempt -> {
            assertThat(attempt.failure().message()).isEqualTo("m".repeat(500) + "...");
            assertThat(attempt.failure().stackTrace()).hasSize(1_003);
        });
    }

    @Test
    default void stateOfATaskThatRanForItsSubmissionIsNotCached() {
        String key = key("once");
        TaskFuture<Integer> future = session().submit(key, () -> 1);

        assertThat(end(future).isCached()).isFalse();
        assertThat(end(session().submit(key, () -> 2)).isCached())
                .as("the session gives its future")
                .isFalse();
    }

    @Test
    default void stateOfAKeyThatHadEndedIsCachedWhereSessionsShareKeys() {
        CallOptions options = CallOptions.none().withRetries(1, Duration.ZERO);
        String key = key("shared");
        State<Integer> first = end(session().submit(key, () -> failUntil(2), options));
        State<Integer> bad = end(session().submit(key("bad"), () -> failUntil(2)));

        try (TaskSession other = runner().start();
                TaskSession third = runner().start()) {
            State<Integer> again = end(other.submit(key, () -> failUntil(2), options));

            assertThat(again.isCached()).isEqualTo(sharesKeysBetweenSessions());
            assertThat(third.<Integer>find(key).filter(found -> end(found).isCached()))
                    .as("found without its call")
                    .matches(found -> found.isPresent() == sharesKeysBetweenSessions());
            assertThat(end(other.submit(key("own"), () -> 1)).isCached()).isFalse();
            if (sharesKeysBetweenSessions()) {
                assertThat(again).isEqualTo(first).hasSameHashCodeAs(first);
                assertThat(again.failedAttempts())
                        .isEqualTo(first.failedAttempts())
                        .hasSize(1);
                assertThat(again.endTime()).isEqualTo(first.endTime());
                assertThat(again.toString()).contains("isCached=true");
                assertThat(end(other.<Integer>find(key).orElseThrow()).isCached())
                        .isTrue();
            }
        }
        assertThat(first.isCached()).isFalse();
        assertThat(bad.isCached()).isFalse();
    }

    @Test
    default void stateOfAKeyThatWasRunningIsNotCached() {
        Gate gate = gateOpenIfSequential();
        String key = key("shared");
        TaskCall<Integer> call = () -> {
            gate.passAnd(() -> TaskContext.current().orElseThrow().progress("waits"));
            return 1;
        };

        try (TaskSession other = runner().start()) {
            TaskFuture<Integer> here = session().submit(key, call);
            boolean isJoined = !here.isDone();
            TaskFuture<Integer> there = other.submit(key, call);
            if (isJoined) { // the submission may be on its way, so the key must not end before it is heard there
                await().atMost(Deadlines.PATIENCE).until(() -> there.progress().isPresent());
            }
            gate.open();

            assertThat(end(here).isCached()).isFalse();
            assertThat(end(there).isCached()).isEqualTo(!isJoined && sharesKeysBetweenSessions());
        }
    }
}
