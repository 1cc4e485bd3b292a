package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.support.CapturedLog;
import org.junit.jupiter.api.Test;

/** Tests when the log gets lines, with a clock of the test. */
final class LogDisplayTest {
    private final FakeClock clock = new FakeClock();
    private final FakeSession session = new FakeSession("fake");
    private final SessionWatch watch = new SessionWatch(session, new LogDisplay("fake"), clock);

    /** Lets seconds pass, and returns the line of the log at the end of them; empty if there is none. */
    private String after(int seconds) {
        try (CapturedLog log = CapturedLog.of(ProgressLine.class)) {
            clock.pass(seconds * 1_000L);
            watch.update();
            return String.join("|", log.messages());
        }
    }

    @Test
    void shortRunHasNoLine() {
        session.submit(2);
        session.start(2);
        assertThat(after(1)).isEmpty();

        session.end(1, StateType.COMPLETED);
        assertThat(after(8)).isEmpty();
    }

    @Test
    void lineComesAfterTenSecondsAndATenthOfTheTasks() {
        session.submit(40);
        session.start(40);
        assertThat(after(5)).isEmpty();
        session.end(3, StateType.COMPLETED);
        assertThat(after(10)).isEmpty();

        session.end(1, StateType.FAILED);
        assertThat(after(1)).isEqualTo("fake: 4 of 40 tasks ended, 36 running, 1 failed, 15/min, 2 min left");

        session.end(4, StateType.COMPLETED);
        assertThat(after(9)).isEmpty();
        assertThat(after(1)).startsWith("fake: 8 of 40 tasks ended, 32 running, 1 failed, ");
    }

    @Test
    void lineComesOnceAMinuteIfFewTasksEnd() {
        session.submit(1_000);
        session.start(4);
        assertThat(after(59)).isEmpty();
        assertThat(after(1)).isEqualTo("fake: 0 of 1,000 tasks ended, 4 running");

        assertThat(after(59)).isEmpty();
        assertThat(after(1)).isEqualTo("fake: 0 of 1,000 tasks ended, 4 running");
    }

    @Test
    void sessionThatWaitsForMoreTasksHasNoFurtherLine() {
        session.submit(1);
        session.start(1);
        session.end(1, StateType.COMPLETED);
        assertThat(after(10)).isEqualTo("fake: 1 of 1 tasks ended, 6.0/min");

        assertThat(after(600)).isEmpty();
    }

    @Test
    void sessionWithoutTasksHasNoLine() {
        assertThat(after(600)).isEmpty();
    }

    @Test
    void closedSessionHasNoLine() {
        session.submit(1);
        watch.closed();

        assertThat(after(600)).isEmpty();
    }
}
