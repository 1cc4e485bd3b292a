package io.github.ignitetasks.internal.node;

import org.slf4j.Logger;

/** Tells whether anybody has configured the logging back end. */
final class LoggingSetup {
    private static final String SIMPLE_LOGGER = "org.slf4j.simple.";
    private static final String SIMPLE_FILE = "simplelogger.properties";
    private static final String SIMPLE_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    private LoggingSetup() {}

    /**
     * Returns whether nobody has, as far as one sees. Logback without configuration logs at debug level, which no other
     * back end does and hardly any configuration. SLF4J's simple logger without configuration logs at level info.
     */
    static boolean isMissing(Logger root) {
        return root.isDebugEnabled()
                || (root.getClass().getName().startsWith(SIMPLE_LOGGER)
                        && System.getProperty(SIMPLE_LEVEL) == null
                        && ClassLoader.getSystemResource(SIMPLE_FILE) == null);
    }
}
