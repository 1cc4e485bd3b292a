package io.github.ignitetasks.observe;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The bar on a terminal, which shows the sum of all sessions. Safe to share between threads. */
final class BarDisplay implements ProgressDisplay {
    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** The shortest time between two drawings, if several sessions ask for them. */
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    /** The time after which a line is drawn again although it is the same: a program may have printed over it. */
    private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final class OfThisProcess {
        /** Writes to the terminal itself, whatever {@link System#setErr} has put in its place. */
        static final BarDisplay DISPLAY =
                new BarDisplay(new FileOutputStream(FileDescriptor.err), Terminal.ofThisProcess());
    }

    private final Terminal terminal;
    private final Set<SessionWatch> sessions = ConcurrentHashMap.newKeySet();

    /** Held while something is drawn, which blocks for as long as the user has stopped the terminal. */
    private final Lock drawing = new ReentrantLock();

    private final RedrawnLine line; // guarded by drawing
    private ProgressPace pace = new ProgressPace(); // guarded by drawing
    private String shown = ""; // guarded by drawing
    private long shownNanos; // guarded by drawing

    BarDisplay(OutputStream output, Terminal terminal) {
        this.terminal = terminal;
        this.line = new RedrawnLine(output, terminal.charset());
    }

    /** Returns the bar on standard error. */
    static BarDisplay ofThisProcess() {
        return OfThisProcess.DISPLAY;
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void begin(SessionWatch session) {
        sessions.add(session);
    }

    /** Each drawing has all numbers. */
    @Override
    public boolean isDue(SessionWatch session, ProgressNumbers numbers, long nanos) {
        return true;
    }

    @Override
    public void show(SessionWatch session, long nanos) {
        drawing.lock();
        try {
            if (sessions.contains(session) && (shown.isEmpty() || nanos - shownNanos >= LEAST_NANOS)) {
                draw(nanos);
            }
        } finally {
            drawing.unlock();
        }
    }

    private void draw(long nanos) {
        ProgressNumbers sum = ProgressNumbers.NONE;
        for (SessionWatch session : sessions) {
            sum = sum.plus(session.numbers());
        }
        pace.add(sum, nanos);
        if (sum.total() == 0) {
            return;
        }
        String text = ProgressText.line(sum, pace, terminal);
        if (!text.equals(shown) || nanos - shownNanos >= REPEAT_NANOS) {
            line.draw(terminal.colours() ? RedrawnLine.red(text, ProgressText.failed(sum)) : text);
            shown = text;
            shownNanos = nanos;
        }
    }

    @Override
    public void end(SessionWatch session) {
        sessions.remove(session);
        boolean locked = false;
        try {
            locked = drawing.tryLock(1, TimeUnit.SECONDS);
            if (locked && sessions.isEmpty()) {
                line.clear();
                pace = new ProgressPace();
                shown = "";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (locked) {
                drawing.unlock();
            }
        }
    }
}
