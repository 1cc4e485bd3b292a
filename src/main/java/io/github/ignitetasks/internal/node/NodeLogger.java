package io.github.ignitetasks.internal.node;

import org.apache.ignite.logger.slf4j.Slf4jLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what Ignite says through SLF4J alone; Ignite's own adapter has it printed to standard output as well.
 *
 * <p>Debug and trace lines are dropped, whatever the level of their loggers: a logging back end without configuration
 * logs at debug, where Ignite has two thousand lines for one task. System property {@code ignitetasks.igniteDebug=true}
 * leaves the choice to the levels.
 */
public final class NodeLogger extends Slf4jLogger {
    private static final BooleanProperty DETAILED = new BooleanProperty("ignitetasks.igniteDebug", false);

    private final boolean detailed;

    /**
     * Logs under the names that Ignite gives.
     *
     * @throws IllegalStateException if the system property is neither true nor false
     */
    public NodeLogger() {
        this(LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME), DETAILED.get());
    }

    private NodeLogger(Logger logger, boolean detailed) {
        super(logger);
        this.detailed = detailed;
    }

    @Override
    public Slf4jLogger getLogger(@Nullable Object category) {
        String name = category == null
                ? Logger.ROOT_LOGGER_NAME
                : category instanceof Class<?> type ? type.getName() : category.toString();
        return new NodeLogger(LoggerFactory.getLogger(name), detailed);
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

    /** Returns false: quiet means printed. */
    @Override
    public boolean isQuiet() {
        return false;
    }
}
