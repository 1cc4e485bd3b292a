package io.github.ignitetasks.internal.node;

import org.apache.ignite.logger.slf4j.Slf4jLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what Ignite says through SLF4J alone; Ignite's own adapter has it printed to standard output as well. */
public final class NodeLogger extends Slf4jLogger {

    /** Logs under the names that Ignite gives. */
    public NodeLogger() {
        this(LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME));
    }

    private NodeLogger(Logger logger) {
        super(logger);
    }

    @Override
    public Slf4jLogger getLogger(@Nullable Object category) {
        if (category == null) {
            return new NodeLogger();
        }
        String name = category instanceof Class<?> type ? type.getName() : category.toString();
        return new NodeLogger(LoggerFactory.getLogger(name));
    }

    /** Returns false: quiet means printed. */
    @Override
    public boolean isQuiet() {
        return false;
    }
}
