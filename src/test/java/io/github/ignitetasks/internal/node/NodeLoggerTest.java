package io.github.ignitetasks.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.ignitetasks.support.CapturedLog;
import org.apache.ignite.IgniteLogger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tests the logger of nodes over a logger whose level lets everything through. */
final class NodeLoggerTest {
    private static final String PROPERTY = "ignitetasks.igniteDebug";
    private static final String FILE = "logback.configurationFile";

    private final Logger target = (Logger) LoggerFactory.getLogger("org.apache.ignite.SomeClass");
    private final CapturedLog log = CapturedLog.of(target.getName());

    @BeforeEach
    void logEverything() {
        target.setLevel(Level.TRACE);
    }

    @AfterEach
    void reset() {
        log.close();
        target.setLevel(null);
        System.clearProperty(PROPERTY);
    }

    @Test
    void detailsAreDropped() {
        IgniteLogger logger = logger();
        assertThat(logger.isTraceEnabled()).isFalse();
        assertThat(logger.isDebugEnabled()).isFalse();

        logAtEachLevel(logger);

        assertThat(log.messages()).containsExactly("info", "warning", "error");
    }

    @Test
    void detailsAreLoggedWhereThePropertyAsksForThem() {
        System.setProperty(PROPERTY, "true");
        IgniteLogger logger = logger();
        assertThat(logger.isTraceEnabled()).isTrue();
        assertThat(logger.isDebugEnabled()).isTrue();

        logAtEachLevel(logger);

        assertThat(log.messages()).containsExactly("trace", "debug", "info", "warning", "error");
    }

    @Test
    void infoIsDroppedWhereNobodyHasConfiguredTheBackEnd() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Level configured = root.getLevel();
        String file = System.clearProperty(FILE);
        root.setLevel(Level.DEBUG); // as Logback does
        try {
            IgniteLogger logger = logger();
            assertThat(logger.isInfoEnabled()).isFalse();

            logAtEachLevel(logger);

            assertThat(log.messages()).containsExactly("warning", "error");
        } finally {
            root.setLevel(configured);
            if (file != null) {
                System.setProperty(FILE, file);
            }
        }
    }

    @Test
    void infoIsLoggedWhereAConfigurationHasTheRootAtDebug() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Level configured = root.getLevel();
        String file = System.getProperty(FILE);
        System.setProperty(FILE, file == null ? "logback.xml" : file);
        root.setLevel(Level.DEBUG);
        try {
            assertThat(logger().isInfoEnabled()).isTrue();
        } finally {
            root.setLevel(configured);
            if (file == null) {
                System.clearProperty(FILE);
            }
        }
    }

    @Test
    void propertyThatIsNeitherTrueNorFalseIsRefusedWithItsValue() {
        System.setProperty(PROPERTY, "on");

        assertThatIllegalStateException()
                .isThrownBy(NodeLogger::new)
                .withMessage("system property ignitetasks.igniteDebug is 'on'; set it to true or to false, or leave it"
                        + " out for false");
    }

    private IgniteLogger logger() {
        return new NodeLogger().getLogger(target.getName());
    }

    private static void logAtEachLevel(IgniteLogger logger) {
        logger.trace("trace");
        logger.debug("debug");
        logger.info("info");
        logger.warning("warning");
        logger.error("error");
    }
}
