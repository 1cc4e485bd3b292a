package io.github.ignitetasks.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** Tests how often a session is asked what runs. */
final class SessionWatchTest {
    private final FakeClock clock = new FakeClock();
    private final FakeSession session = new FakeSession("fake");

    private void watchForAMinute(ProgressDisplay display) {
        SessionWatch watch = new SessionWatch(session, display, clock);
        session.submit(1_000);
        for (int i = 0; i < 60; i++) {
            clock.pass(1_000);
            watch.update();
        }
        watch.closed();
    }

    @Test
    void barAsksOnceASecond() {
        watchForAMinute(new BarDisplay(new ByteArrayOutputStream(), new Terminal(true, 80, false, false, UTF_8)));

        assertThat(session.snapshots()).hasValue(60);
    }

    @Test
    void logAsksForEachLineAlone() {
        watchForAMinute(new LogDisplay("fake"));

        assertThat(session.snapshots()).hasValue(1);
    }
}
