package io.github.ignitetasks.support;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.ignite.IgniteLogger;
import org.jspecify.annotations.Nullable;

/** An Ignite logger like one that an application configures. It keeps the level and the text of each message. */
public final class RecordedLog implements IgniteLogger {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    /** Returns the messages so far, in order. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public IgniteLogger getLogger(Object category) {
        return this;
    }

    @Override
    public void trace(String message) {
        lines.add("trace " + message);
    }

    @Override
    public void debug(String message) {
        lines.add("debug " + message);
    }

    @Override
    public void info(String message) {
        lines.add("info " + message);
    }

    @Override
    public void warning(String message, @Nullable Throwable problem) {
        lines.add("warning " + message);
    }

    @Override
    public void error(String message, @Nullable Throwable problem) {
        lines.add("error " + message);
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return true;
    }

    @Override
    public boolean isQuiet() {
        return false;
    }

    @Override
    public String fileName() {
        return "";
    }
}
