package io.github.ignitetasks.observe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** Tests the bytes of the bar, with a clock and a terminal of the test. */
final class BarDisplayTest {
    private static final String ERASE = "\r\u001b[K";
    private static final String BEGIN = ERASE + "\u001b[?7l";
    private static final String END = "\u001b[?7h\u001b[9999C ";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final FakeClock clock = new FakeClock();
    private final FakeSession session = new FakeSession("fake");

    private BarDisplay display = new BarDisplay(bytes, new Terminal(true, 80, true, false, UTF_8));

    private SessionWatch watch(FakeSession watched) {
        return new SessionWatch(watched, display, clock);
    }

    /** Returns what was written since the last call. */
    private String written() {
        String text = bytes.toString(UTF_8);
        bytes.reset();
        return text;
    }

    @Test
    void lineIsDrawnFromTheStartAndLeavesTheCursorInTheLastColumn() {
        session.submit(4);
        session.start(3);
        session.end(1, StateType.COMPLETED);

        watch(session).update();

        assertThat(written()).isEqualTo(BEGIN + "\u2588".repeat(5) + "\u2591".repeat(15) + " 1 of 4, 2 running" + END);
    }

    @Test
    void sessionWithoutTasksHasNoLine() {
        SessionWatch watch = watch(session);

        watch.update();
        watch.closed();

        assertThat(written()).isEmpty();
    }

    @Test
    void lineIsRemovedWhenTheSessionCloses() {
        session.submit(1);
        SessionWatch watch = watch(session);
        watch.update();
        written();

        watch.closed();

        assertThat(written()).isEqualTo(ERASE);
    }

    @Test
    void lineIsRemovedByAnInterruptedThreadWhichStaysInterrupted() {
        session.submit(1);
        SessionWatch watch = watch(session);
        watch.update();
        written();

        Thread.currentThread().interrupt();
        watch.closed();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(written()).isEqualTo(ERASE);
    }

    @Test
    void closedSessionDrawsNothing() {
        session.submit(1);
        SessionWatch watch = watch(session);
        watch.closed();

        watch.update();

        assertThat(written()).isEmpty();
    }

    @Test
    void sameLineIsDrawnAgainOnlyAfterASecond() {
        session.submit(2);
        session.start(1);
        SessionWatch watch = watch(session);
        watch.update();
        String first = written();

        clock.pass(200);
        watch.update();
        assertThat(written()).isEmpty();

        clock.pass(800);
        watch.update();
        assertThat(written()).isEqualTo(first);
    }

    @Test
    void changedLineIsDrawnAfterAFifthOfASecond() {
        session.submit(2);
        session.start(1);
        SessionWatch watch = watch(session);
        watch.update();
        written();

        session.start(1);
        clock.pass(100);
        watch.update();
        assertThat(written()).isEmpty();

        clock.pass(100);
        watch.update();
        assertThat(written()).contains(" 0 of 2, 2 running");
    }

    @Test
    void sessionsShareTheLineWhichShowsTheirSum() {
        FakeSession other = new FakeSession("other");
        session.submit(1_000);
        session.start(1);
        other.submit(234);
        other.start(2);
        SessionWatch first = watch(session);
        SessionWatch second = watch(other);

        first.update();
        clock.pass(200);
        second.update();
        assertThat(written()).contains(" 0 of 1,234, 3 running");

        second.closed();
        assertThat(written()).isEmpty();
        clock.pass(200);
        first.update();
        assertThat(written()).contains(" 0 of 1,000, 1 running");

        first.closed();
        assertThat(written()).isEqualTo(ERASE);
    }

    @Test
    void terminalThatKnowsOnlyAsciiGetsAscii() {
        display = new BarDisplay(bytes, new Terminal(true, 80, false, false, US_ASCII));
        session.submit(2);
        session.start(2);
        session.end(1, StateType.COMPLETED);

        watch(session).update();

        assertThat(written()).isEqualTo(BEGIN + "[##########..........] 1 of 2, 1 running" + END);
    }

    @Test
    void failedTasksAreRedIfColoursAreAllowed() {
        display = new BarDisplay(bytes, new Terminal(true, 41, false, true, UTF_8));
        session.submit(9);
        session.start(8);
        session.end(2, StateType.FAILED);
        session.end(1, StateType.CRASHED);
        session.end(1, StateType.NOT_READY);
        session.end(1, StateType.CANCELLED);

        watch(session).update();

        assertThat(written()).isEqualTo(BEGIN + "5 of 9, 3 running, \u001b[31m3 failed\u001b[m, 1 not ready" + END);
    }

    @Test
    void narrowTerminalHasNoBarAndCutsTheLine() {
        display = new BarDisplay(bytes, new Terminal(true, 12, true, true, UTF_8));
        session.submit(4);
        session.start(1);

        watch(session).update();

        assertThat(written()).isEqualTo(BEGIN + "0 of 4, 1 r" + END);
    }

    @Test
    void nodesAreAskedWhatRunsOnceASecondAtMost() {
        session.submit(9);
        SessionWatch watch = watch(session);

        for (int i = 0; i < 10; i++) {
            watch.update();
            clock.pass(200);
        }

        assertThat(session.snapshots()).hasValue(2);
        assertThat(written()).contains(" 0 of 9, 3 running");
    }

    @Test
    void nodesAreNotAskedWhileNothingIsPending() {
        session.submit(1);
        session.find(1);
        watch(session).update();

        assertThat(session.snapshots()).hasValue(0);
        assertThat(written()).contains(" 1 of 1");
    }

    @Test
    void terminalThatHasGoneDisturbsNobody() {
        display = new BarDisplay(
                new OutputStream() {
                    @Override
                    public void write(int any) throws IOException {
                        throw new IOException("gone");
                    }
                },
                new Terminal(true, 80, true, true, UTF_8));
        session.submit(1);
        SessionWatch watch = watch(session);

        watch.update();
        watch.closed();

        assertThat(written()).isEmpty();
    }
}
