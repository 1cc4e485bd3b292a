package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as text that every process can read, with the throwable itself where it could be carried here.
 *
 * <p>Immutable, safe to share. Two failures are equal when their texts are.
 */
public final class Failure implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final String message;
    private final String stackTrace;

    /** Not every throwable can be written, and a failure must be. */
    private final transient @Nullable Throwable throwable;

    private Failure(String type, String message, String stackTrace, @Nullable Throwable throwable) {
        this.type = requireNonNull(type, "type");
        this.message = requireNonNull(message, "message");
        this.stackTrace = requireNonNull(stackTrace, "stackTrace");
        this.throwable = throwable;
    }

    /** Returns the failure that a throwable tells. */
    public static Failure of(Throwable throwable) {
        requireNonNull(throwable, "throwable");
        return new Failure(throwable.getClass().getName(), messageOf(throwable), stackTraceOf(throwable), throwable);
    }

    /** Returns a failure told by text alone; each text may be empty. */
    public static Failure ofText(String type, String message, String stackTrace) {
        return new Failure(type, message, stackTrace, null);
    }

    /** Returns this failure with another message in front of its own, and without its throwable. */
    public Failure because(String message) {
        return ofText(type, requireNonNull(message, "message") + ": " + this.message, stackTrace);
    }

    /** Returns this failure with the throwable that its text was made of. */
    public Failure with(Throwable throwable) {
        return new Failure(type, message, stackTrace, requireNonNull(throwable, "throwable"));
    }

    /** Returns the class name of what was thrown. */
    public String type() {
        return type;
    }

    /** Returns the message, empty if there was none. */
    public String message() {
        return message;
    }

    /** Returns the stack trace with its causes as the JVM prints it, empty if there was none. */
    public String stackTrace() {
        return stackTrace;
    }

    /** Returns what was thrown, where it could be carried to this JVM. */
    public Optional<Throwable> throwable() {
        return Optional.ofNullable(throwable);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Failure that
                && type.equals(that.type)
                && message.equals(that.message)
                && stackTrace.equals(that.stackTrace);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + message.hashCode();
    }

    /** Returns type and message, in one line where the message is one. */
    @Override
    public String toString() {
        return message.isEmpty() ? type : type + ": " + message;
    }

    /** A throwable is user code: its methods may throw anything, which must not hide that it was thrown. */
    @SuppressWarnings("CatchingUnchecked") // errors too
    private static String messageOf(Throwable throwable) {
        try {
            String message = throwable.getMessage();
            return message == null ? "" : message;
        } catch (Throwable e) {
            return "(its message cannot be read: " + e.getClass().getName() + ")";
        }
    }

    @SuppressWarnings("CatchingUnchecked") // also the stack overflow by which a long chain of causes ends
    private static String stackTraceOf(Throwable throwable) {
        try {
            StringWriter text = new StringWriter();
            throwable.printStackTrace(new PrintWriter(text));
            return text.toString();
        } catch (Throwable e) {
            return "(its stack trace cannot be read: " + e.getClass().getName() + ")";
        }
    }
}
