package io.github.ignitetasks.internal.node;

import java.util.List;
import org.slf4j.Logger;

/** Tells whether anybody has configured the logging back end. */
final class LoggingSetup {
    private static final String LOGBACK = "ch.qos.logback.";
    private static final List<String> LOGBACK_FILES = List.of("logback-test.xml", "logback.xml");
    private static final String LOGBACK_PROPERTY = "logback.configurationFile";
    private static final String SIMPLE_LOGGER = "org.slf4j.simple.";
    private static final String SIMPLE_FILE = "simplelogger.properties";
    private static final String SIMPLE_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    private LoggingSetup() {}

    /**
     * Returns whether nobody has, as far as one sees. Logback without configuration logs at debug level. SLF4J's simple
     * logger without configuration logs at level info. Configuration by code is not seen, except for the level.
     */
    static boolean isMissing(Logger root) {
        String backEnd = root.getClass().getName();
        if (backEnd.startsWith(LOGBACK)) {
            return root.isDebugEnabled()
                    && !isSet(LOGBACK_PROPERTY)
                    && LOGBACK_FILES.stream().noneMatch(LoggingSetup::isThere);
        }
        return backEnd.startsWith(SIMPLE_LOGGER) && !isSet(SIMPLE_LEVEL) && !isThere(SIMPLE_FILE);
    }

    private static boolean isSet(String property) {
        return System.getProperty(property) != null;
    }

    private static boolean isThere(String file) {
        return ClassLoader.getSystemResource(file) != null;
    }
}
