package io.github.ignitetasks.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The messages that a class of this JVM logs while this object is open. Safe to share between threads. */
public final class CapturedLog implements AutoCloseable {
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Listener listener = new Listener();

    private CapturedLog(Logger logger) {
        this.logger = logger;
        listener.start();
        logger.addAppender(listener);
    }

    /** Begins to listen to the logger of this class. */
    public static CapturedLog of(Class<?> type) {
        return of(type.getName());
    }

    /** Begins to listen to the logger of this name. */
    public static CapturedLog of(String name) {
        return new CapturedLog((Logger) LoggerFactory.getLogger(name));
    }

    /** Returns the messages so far, in order. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /** Returns the error messages so far, in order. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        logger.detachAppender(listener);
        listener.stop();
    }

    private final class Listener extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            messages.add(event.getFormattedMessage());
            if (event.getLevel() == Level.ERROR) {
                errors.add(event.getFormattedMessage());
            }
        }
    }
}
