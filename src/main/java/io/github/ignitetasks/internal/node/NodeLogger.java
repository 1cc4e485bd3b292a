package io.github.ignitetasks.internal.node;

import org.apache.ignite.logger.slf4j.Slf4jLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A logger that sends Ignite's log only to SLF4J. Ignite's own adapter also makes Ignite print to standard output.
 *
 * <p>This logger drops debug and trace lines, whatever the level of their loggers. A logging back end without
 * configuration logs at debug level, at which Ignite writes two thousand lines for one task. If nobody has configured the
 * back end, this logger drops info lines too: a node writes a hundred when it starts, among which nobody finds those of
 * this library. With system property {@code ignitetasks.igniteDebug=true}, the levels decide.
 */
public final class NodeLogger extends Slf4jLogger {
    private static final BooleanProperty DETAILED = new BooleanProperty("ignitetasks.igniteDebug", false);

    private final boolean detailed;
    private final boolean terse;

    /**
     * Creates a logger that uses the logger names of Ignite.
     *
     * @throws IllegalStateException if the system property is neither true nor false
     */
    public NodeLogger() {
        super(LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME));
        this.detailed = DETAILED.get();
        this.terse = !detailed && LoggingSetup.isMissing(LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME));
    }

    private NodeLogger(Logger logger, NodeLogger parent) {
        super(logger);
        this.detailed = parent.detailed;
        this.terse = parent.terse;
    }

    @Override
    public Slf4jLogger getLogger(@Nullable Object category) {
        String name = category == null
                ? Logger.ROOT_LOGGER_NAME
                : category instanceof Class<?> type ? type.getName() : category.toString();
        return new NodeLogger(LoggerFactory.getLogger(name), this);
    }

    @Override
    public boolean isInfoEnabled() {
        return !terse && super.isInfoEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return detailed && super.isDebugEnabled();
    }

    @Override
    public boolean isTraceEnabled() {
        return detailed && super.isTraceEnabled();
    }

    @Override
    public void info(@Nullable String marker, String message) {
        if (isInfoEnabled()) {
            super.info(marker, message);
        }
    }

    @Override
    public void debug(@Nullable String marker, String message) {
        if (isDebugEnabled()) {
            super.debug(marker, message);
        }
    }

    @Override
    public void trace(@Nullable String marker, String message) {
        if (isTraceEnabled()) {
            super.trace(marker, message);
        }
    }

    /** Returns false, because Ignite prints to standard output in quiet mode. */
    @Override
    public boolean isQuiet() {
        return false;
    }
}
