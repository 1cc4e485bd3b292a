package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The description of an error: text that every process can read, and the throwable itself if it could be carried to
 * this JVM.
 *
 * <p>Immutable, safe to share. Two failures are equal when their texts are equal.
 */
public final class Failure implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final String message;
    private final String stackTrace;

    /** Transient, because not every throwable is serializable, and every failure must be. Null if there is none. */
    private final transient @Nullable Supplier<? extends Throwable> throwable;

    private Failure(String type, String message, String stackTrace, @Nullable Supplier<? extends Throwable> throwable) {
        this.type = requireNonNull(type, "type");
        this.message = requireNonNull(message, "message");
        this.stackTrace = requireNonNull(stackTrace, "stackTrace");
        this.throwable = throwable;
    }

    /** Returns the failure that describes a throwable. */
    public static Failure of(Throwable throwable) {
        requireNonNull(throwable, "throwable");
        return new Failure(
                throwable.getClass().getName(), messageOf(throwable), stackTraceOf(throwable), () -> throwable);
    }

    /** Returns a failure that consists of text alone; each text may be empty. */
    public static Failure ofText(String type, String message, String stackTrace) {
        return new Failure(type, message, stackTrace, null);
    }

    /** Returns a failure with another message in front of this one's message, and without the throwable. */
    public Failure because(String message) {
        return ofText(type, requireNonNull(message, "message") + ": " + this.message, stackTrace);
    }

    /** Returns this failure with the throwable that its text describes. */
    public Failure with(Throwable throwable) {
        requireNonNull(throwable, "throwable");
        return new Failure(type, message, stackTrace, () -> throwable);
    }

    /**
     * Returns this failure with a throwable that is read when it is first asked for.
     *
     * @param reading reads the throwable; two threads may call it at the same time, and the throwable that comes first
     *     is kept
     */
    public Failure withLazily(Supplier<? extends Throwable> reading) {
        return new Failure(type, message, stackTrace, new ReadOnce(requireNonNull(reading, "reading")));
    }

    /** Returns this text with the throwable of another failure, if that has one. Reads nothing. */
    Failure withThrowableOf(Failure other) {
        return new Failure(type, message, stackTrace, other.throwable);
    }

    /** Returns the class name of the throwable; empty if there is none. */
    public String type() {
        return type;
    }

    /** Returns the message; empty if there is none. */
    public String message() {
        return message;
    }

    /** Returns the stack trace with its causes, as the JVM prints it; empty if there is none. */
    public String stackTrace() {
        return stackTrace;
    }

    /**
     * Returns the throwable, if it could be carried to this JVM. The first call may read it, for as long as the code of
     * its class takes.
     */
    public Optional<Throwable> throwable() {
        return throwable == null ? Optional.empty() : Optional.of(throwable.get());
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

    /** Returns the type and the message. The text has one line if the message has one. */
    @Override
    public String toString() {
        return message.isEmpty() ? type : type + ": " + message;
    }

    /**
     * Returns the message of a throwable. That is user code and may throw anything, which must not hide the original
     * error.
     */
    @SuppressWarnings("CatchingUnchecked") // catches errors too
    private static String messageOf(Throwable throwable) {
        try {
            String message = throwable.getMessage();
            return message == null ? "" : message;
        } catch (Throwable e) {
            return "(its message cannot be read: " + e.getClass().getName() + ")";
        }
    }

    @SuppressWarnings("CatchingUnchecked") // including the stack overflow that a long chain of causes may trigger
    private static String stackTraceOf(Throwable throwable) {
        try {
            StringWriter text = new StringWriter();
            throwable.printStackTrace(new PrintWriter(text));
            return text.toString();
        } catch (Throwable e) {
            return "(its stack trace cannot be read: " + e.getClass().getName() + ")";
        }
    }

    /** Reads a throwable once, so that all callers get the same object. */
    private static final class ReadOnce implements Supplier<Throwable> {
        /** Null once the throwable was read; written under the lock, after the throwable. */
        private volatile @Nullable Supplier<? extends Throwable> reading;

        private @Nullable Throwable read;

        ReadOnce(Supplier<? extends Throwable> reading) {
            this.reading = reading;
        }

        @Override
        public Throwable get() {
            Supplier<? extends Throwable> source = reading;
            return source == null ? requireNonNull(read, "it was read before") : keep(source.get());
        }

        private synchronized Throwable keep(Throwable first) {
            if (reading != null) {
                read = first;
                reading = null;
            }
            return requireNonNull(read, "it was read before");
        }
    }
}
