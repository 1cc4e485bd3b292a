package io.github.ignitetasks.internal.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.ignite.IgniteLogger;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.internal.logger.IgniteLoggerEx;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A buffer for the log of a node that tries to join a grid. The grid may refuse an attempt because of a setting that
 * the next attempt corrects. Ignite logs that refusal as an error, although the user need not know of it. So the lines
 * are held until the caller knows whether to log them.
 *
 * <p>Safe for use by many threads.
 */
public final class BufferedLog {
    /** The largest number of held lines. A node without debug logging writes some hundred. */
    private static final int MAX_LINES = 10_000;

    private enum Phase {
        HELD,
        RELEASED,
        DROPPED
    }

    /** Written under the lock of this. */
    private volatile Phase phase = Phase.HELD;

    private List<Runnable> lines = new ArrayList<>(); // guarded by this
    private long lost; // guarded by this

    /**
     * Inserts a buffer before the logger of a node that is about to start. If the node has no logger, its log is not
     * held.
     */
    public static BufferedLog of(IgniteConfiguration node) {
        BufferedLog held = new BufferedLog();
        if (node.getGridLogger() != null) {
            node.setGridLogger(held.new Logger(node.getGridLogger()));
        }
        return held;
    }

    private void log(Runnable line) {
        if (phase == Phase.HELD && holds(line)) {
            return;
        }
        if (phase == Phase.RELEASED) {
            line.run();
        }
    }

    private synchronized boolean holds(Runnable line) {
        if (phase != Phase.HELD) {
            return false;
        }
        if (lines.size() < MAX_LINES) {
            lines.add(line);
        } else {
            lost++;
        }
        return true;
    }

    /** Discards the held lines and all later ones. */
    public synchronized void drop() {
        phase = Phase.DROPPED;
        lines = List.of();
    }

    /** Logs the held lines in order, and then logs each new line directly. */
    public void release() {
        while (true) {
            List<Runnable> next;
            synchronized (this) {
                if (phase != Phase.HELD) {
                    return;
                }
                if (lines.isEmpty()) {
                    phase = Phase.RELEASED;
                    break;
                }
                next = lines;
                lines = new ArrayList<>();
            }
            next.forEach(Runnable::run);
        }
        tellOfLost();
    }

    private synchronized void tellOfLost() {
        if (lost > 0) {
            LoggerFactory.getLogger(BufferedLog.class).warn("{} more lines of Ignite's log are lost", lost);
        }
    }

    private final class Logger implements IgniteLoggerEx {
        private final IgniteLogger target;

        Logger(IgniteLogger target) {
            this.target = target;
        }

        @Override
        public IgniteLogger getLogger(@Nullable Object category) {
            return new Logger(target.getLogger(category));
        }

        @Override
        public void trace(String message) {
            log(() -> target.trace(message));
        }

        @Override
        public void trace(@Nullable String marker, String message) {
            log(() -> target.trace(marker, message));
        }

        @Override
        public void debug(String message) {
            log(() -> target.debug(message));
        }

        @Override
        public void debug(@Nullable String marker, String message) {
            log(() -> target.debug(marker, message));
        }

        @Override
        public void info(String message) {
            log(() -> target.info(message));
        }

        @Override
        public void info(@Nullable String marker, String message) {
            log(() -> target.info(marker, message));
        }

        @Override
        public void warning(String message, @Nullable Throwable problem) {
            log(() -> target.warning(message, problem));
        }

        @Override
        public void warning(@Nullable String marker, String message, @Nullable Throwable problem) {
            log(() -> target.warning(marker, message, problem));
        }

        @Override
        public void error(String message, @Nullable Throwable problem) {
            log(() -> target.error(message, problem));
        }

        @Override
        public void error(@Nullable String marker, String message, @Nullable Throwable problem) {
            log(() -> target.error(marker, message, problem));
        }

        @Override
        public boolean isTraceEnabled() {
            return target.isTraceEnabled();
        }

        @Override
        public boolean isDebugEnabled() {
            return target.isDebugEnabled();
        }

        @Override
        public boolean isInfoEnabled() {
            return target.isInfoEnabled();
        }

        /** Returns false while lines are held, because Ignite prints directly to the console in quiet mode. */
        @Override
        public boolean isQuiet() {
            return phase == Phase.RELEASED && target.isQuiet();
        }

        @Override
        public @Nullable String fileName() {
            return target.fileName();
        }

        @Override
        public void addConsoleAppender(boolean clearOutput) {
            if (target instanceof IgniteLoggerEx internal) {
                internal.addConsoleAppender(clearOutput);
            }
        }

        @Override
        public void flush() {
            if (target instanceof IgniteLoggerEx internal) {
                internal.flush();
            }
        }

        @Override
        public void setApplicationAndNode(@Nullable String application, @Nullable UUID node) {
            if (target instanceof IgniteLoggerEx internal) {
                internal.setApplicationAndNode(application, node);
            }
        }
    }
}
