package io.github.ignitetasks.internal.client;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.execution.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A periodic report of a session's calls that make no progress: where they are, their keys, and since when. A call may
 * rightly take an hour. So each is reported after the interval, then after twice, four times that and so on. A call that
 * tells of its progress begins anew with each report. One log entry holds all calls that are due at a place.
 *
 * <p>It runs on the session's timer, once an interval, and costs nothing in between.
 */
public final class Watchdog {
    /** The age at which a call is reported first. */
    public static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final int NAMED = 5;

    private final String session;
    private final Supplier<List<PendingCalls>> calls;
    private final Timer timer;
    private final Duration interval;
    private long lastLook = System.nanoTime(); // by the timer alone

    /**
     * Makes a watchdog.
     *
     * @param session the name of the session, for the log
     * @param calls supplies the calls that have not ended, by place
     * @param timer runs the watchdog, which ends with it
     */
    Watchdog(String session, Supplier<List<PendingCalls>> calls, Timer timer, Duration interval) {
        this.session = session;
        this.calls = calls;
        this.timer = timer;
        this.interval = interval;
    }

    /** Starts the periodic checks. */
    void start() {
        timer.after(interval, () -> {
            start(); // first, so that a failed check does not end all later ones
            look(System.nanoTime());
        });
    }

    private void look(long now) {
        for (PendingCalls pendingCalls : calls.get()) {
            List<PendingCalls.Call> due = pendingCalls.calls().stream()
                    .filter(call -> isDue(now - call.lastSign(), now - lastLook, interval.toNanos()))
                    .sorted(comparingLong(PendingCalls.Call::lastSign))
                    .toList();
            if (!due.isEmpty()) {
                LOG.warn("{}: {} tasks {}: {}", session, due.size(), pendingCalls.place(), describe(due, now));
            }
        }
        lastLook = now;
    }

    /** Returns whether an age has passed the interval, or twice, four times that and so on, since the last check. */
    static boolean isDue(long age, long sinceLastLook, long interval) {
        long passed = age / interval;
        long before = Math.max(0, age - sinceLastLook) / interval;
        return Long.highestOneBit(passed) > before;
    }

    private static String describe(List<PendingCalls.Call> due, long now) {
        String named =
                due.stream().limit(NAMED).map(call -> describe(call, now)).collect(joining(", "));
        return due.size() > NAMED ? named + " and " + (due.size() - NAMED) + " more" : named;
    }

    private static String describe(PendingCalls.Call call, long now) {
        String since = "'" + call.key() + "' since " + time(now - call.since());
        return call.progress()
                .map(latest -> since + " ("
                        + latest.progress().map(TaskProgress::describe).orElse("retried") + " at "
                        + time(now - latest.heard()) + ")")
                .orElse(since);
    }

    private static Instant time(long age) {
        return Instant.now().minusNanos(age).truncatedTo(ChronoUnit.SECONDS);
    }
}
