package io.github.ignitetasks.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionObserver;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.CapturedLog;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
    private static TaskEvents observe(TaskListener line, ObservedSession session) {
        return ((SessionObserver) line).observe(session);
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    private static boolean hasThread(String name) {
        return threads(name) > 0;
    }

    @Test
    void modeOfAPropertyComesBeforeThatOfAVariable() {
        Map<String, String> environment = Map.of(ProgressLine.VARIABLE, "log");

        assertThat(ProgressLine.mode("off", environment)).isEqualTo(ProgressMode.OFF);
        assertThat(ProgressLine.mode("", environment)).isEqualTo(ProgressMode.LOG);
        assertThat(ProgressLine.mode("", Map.of())).isEqualTo(ProgressMode.AUTO);
    }

    @Test
    void wrongModeIsAutoAndLoggedOnce() {
        try (CapturedLog log = CapturedLog.of(ProgressLine.class)) {
            assertThat(ProgressLine.mode("loud", Map.of())).isEqualTo(ProgressMode.AUTO);
            assertThat(ProgressLine.mode("loud", Map.of())).isEqualTo(ProgressMode.AUTO);
            assertThat(ProgressLine.mode("", Map.of(ProgressLine.VARIABLE, "BAR")))
                    .isEqualTo(ProgressMode.AUTO);

            assertThat(log.messages())
                    .containsExactly(
                            "system property ignitetasks.progress is 'loud', which is no mode; set it to auto, bar, log"
                                    + " or off, or leave it out for auto",
                            "environment variable IGNITE_TASKS_PROGRESS is 'BAR', which is no mode; set it to auto,"
                                    + " bar, log or off, or leave it out for auto");
        }
    }

    @Test
    void lineHasAThreadUntilItsSessionCloses() {
        TaskEvents events = observe(ProgressLine.log(), new FakeSession("threaded"));
        assertThat(hasThread("threaded-progress")).isTrue();

        events.closed();

        assertThat(hasThread("threaded-progress")).isFalse();
    }

    @Test
    void lineThatIsOffHasNoThread() {
        observe(ProgressLine.off(), new FakeSession("silent")).closed();

        assertThat(hasThread("silent-progress")).isFalse();
    }

    @Test
    void standardLineYieldsToAnotherOne() {
        FakeSession session = new FakeSession("decided");
        TaskEvents explicit = observe(ProgressLine.off(), session);

        observe(ProgressLine.standard(), session);
        assertThat(hasThread("decided-progress")).isFalse();

        explicit.closed();
    }

    @Test
    void lastOfSeveralLinesOfASessionIsTheOnlyOne() {
        FakeSession session = new FakeSession("twice");
        TaskEvents ofRunner = observe(ProgressLine.log(), session);
        TaskEvents ofFlow = observe(ProgressLine.log(), session);
        assertThat(threads("twice-progress")).isEqualTo(1);

        ofRunner.closed();
        assertThat(threads("twice-progress")).isEqualTo(1);
        ofFlow.closed();
        assertThat(threads("twice-progress")).isZero();
    }

    @Test
    void standardLineIsShownIfThereIsNoOther() {
        TaskEvents events = observe(ProgressLine.standard(), new FakeSession("undecided"));

        assertThat(hasThread("undecided-progress")).isTrue();
        events.closed();
    }

    @Test
    void barOfASessionShowsItsTasksAndLeavesAnEmptyLine() throws InterruptedException {
        CountDownLatch drawn = new CountDownLatch(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] drawing, int offset, int length) {
                super.write(drawing, offset, length);
                drawn.countDown();
            }
        };
        BarDisplay display = new BarDisplay(bytes, new Terminal(true, 80, false, false, UTF_8));
        SessionObserver line = session -> SessionWatch.start(session, display);

        try (TaskSession session =
                ThreadPoolTaskRunner.withSlots(1).withListener(line).start()) {
            session.submit("first", () -> 1).result();
            session.submit("second", () -> {
                drawn.await();
                return 2;
            });
        }

        assertThat(bytes.toString(UTF_8))
                .contains("[##########..........] 1 of 2, 1 running")
                .endsWith("\r\u001b[K");
    }
}
