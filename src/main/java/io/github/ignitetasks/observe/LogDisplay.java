package io.github.ignitetasks.observe;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lines of the log that show the progress of one session. Safe to share between threads. */
final class LogDisplay implements ProgressDisplay {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLine.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** The shortest time between two lines. */
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** The longest time between two lines. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** The part of the tasks that ends between two lines. */
    private static final long PARTS = 10;

    private final String name;
    private final ProgressPace pace = new ProgressPace(); // guarded by this
    private boolean begun; // guarded by this
    private long lineNanos; // guarded by this
    private ProgressNumbers line = ProgressNumbers.NONE; // guarded by this

    /** Makes the display of the session of this name. */
    LogDisplay(String name) {
        this.name = name;
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public synchronized void begin(SessionWatch session) {
        begun = true;
        lineNanos = session.startNanos();
        pace.add(ProgressNumbers.NONE, lineNanos);
    }

    @Override
    public synchronized void show(SessionWatch session, long nanos) {
        ProgressNumbers numbers = session.numbers();
        pace.add(numbers, nanos);
        if (isDue(session, numbers, nanos)) {
            LOG.info("{}: {}", name, ProgressText.message(numbers, pace));
            lineNanos = nanos;
            line = numbers;
        }
    }

    @Override
    public synchronized boolean isDue(SessionWatch session, ProgressNumbers numbers, long nanos) {
        return begun && isDue(numbers, nanos - lineNanos);
    }

    private boolean isDue(ProgressNumbers numbers, long nanos) {
        boolean ended = numbers.ended() > line.ended();
        if (nanos < LEAST_NANOS || (!ended && numbers.pending() == 0)) {
            return false;
        }
        return nanos >= MOST_NANOS || (ended && (numbers.ended() - line.ended()) * PARTS >= numbers.total());
    }

    @Override
    public synchronized void end(SessionWatch session) {
        begun = false;
    }
}
