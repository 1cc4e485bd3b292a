package io.github.ignitetasks.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.EndedTask;
import io.github.ignitetasks.support.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FailureLogTest {
    private static final Failure NO_ROUTE = Failure.ofText("java.io.IOException", "no\nroute", "");

    private final CapturedLog log = CapturedLog.of(FailureLog.class);
    private final FailureLog failures = new FailureLog("test-1");

    @AfterEach
    void close() {
        failures.closed();
        log.close();
    }

    private void fail(int times, EndedTask task) {
        for (int i = 0; i < times; i++) {
            failures.ended(task, StateType.FAILED, 1);
        }
    }

    @Test
    void failureIsOneLineThatNamesWhatFailedWhere() {
        fail(1, EndedTask.of("fetch-3").named("fetch").in(2).failedWith(NO_ROUTE));
        failures.ended(
                EndedTask.of("lost").in(0).failedWith(Failure.ofText("", "m".repeat(900), "")), StateType.CRASHED, 0);

        assertThat(log.messages())
                .containsExactly(
                        "test-1: flow run run-1 task 'fetch' key 'fetch-3' Failed in attempt 2 on node here:"
                                + " java.io.IOException: no\\u000Aroute",
                        "test-1: flow run run-1 key 'lost' Crashed before it ran on node here: " + "m".repeat(300)
                                + "...");
    }

    @Test
    void manyFailuresOfAKindAreSummedUp() {
        EndedTask fetch = EndedTask.of("fetch-3").named("fetch").failedWith(NO_ROUTE);
        fail(FailureLog.LINES + 40, fetch);
        fail(1, EndedTask.of("parse-1").named("parse").failedWith(NO_ROUTE));
        assertThat(log.messages()).hasSize(FailureLog.LINES + 1);

        failures.sumUp();
        fail(2, fetch);
        failures.sumUp();
        failures.sumUp();
        fail(1, fetch);

        assertThat(log.messages().subList(FailureLog.LINES + 1, log.messages().size()))
                .satisfiesExactly(
                        sum -> assertThat(sum)
                                .isEqualTo("test-1: 40 more: task 'fetch' Failed with java.io.IOException"),
                        sum -> assertThat(sum)
                                .isEqualTo("test-1: 2 more: task 'fetch' Failed with java.io.IOException"),
                        line -> assertThat(line).contains("key 'fetch-3'"));
    }

    @Test
    void kindsAreBounded() {
        for (int i = 0; i < FailureLog.MAX_KINDS + 50; i++) {
            fail(1, EndedTask.of("key").named("name-" + i).failedWith(NO_ROUTE));
        }
        failures.sumUp();

        assertThat(log.messages()).hasSize(FailureLog.MAX_KINDS + FailureLog.LINES + 1);
        assertThat(log.messages().get(FailureLog.MAX_KINDS + FailureLog.LINES))
                .isEqualTo("test-1: 47 more: tasks of other names or with other failures");
    }

    @Test
    void closingSumsUpAndOnlyCountsWhatDidNotRun() {
        failures.ended(EndedTask.of("never").in(0).failedWith(NO_ROUTE), StateType.NOT_READY, 0);
        failures.ended(EndedTask.of("never").in(0).failedWith(NO_ROUTE), StateType.NOT_READY, 0);
        failures.ended(EndedTask.of("found").cached().failedWith(NO_ROUTE), StateType.FAILED, 0);
        failures.ended(EndedTask.of("cancelled"), StateType.CANCELLED, 0);
        failures.ended(EndedTask.of("good"), StateType.COMPLETED, 0);
        assertThat(log.messages()).isEmpty();

        failures.closed();

        assertThat(log.messages()).containsExactly("test-1: 2 tasks did not run, as an upstream did not complete");
    }
}
