package io.github.ignitetasks.contract;

import io.github.ignitetasks.TaskCall;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;

/** Objects that cannot be copied to another JVM, each for a different reason. */
final class Spoilt {
    static final String REASON = "spoilt on purpose";

    private Spoilt() {}

    /** An object that is not serializable. */
    static final class Unserializable {}

    /** An object that throws an error while it is written. */
    static final class Unwritable implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private void writeObject(ObjectOutputStream out) {
            throw new AssertionError(REASON);
        }
    }

    /** An object whose {@code writeReplace} throws an error. */
    static final class Irreplaceable implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private Object writeReplace() {
            throw new AssertionError(REASON);
        }
    }

    /** An object that fails while it is read. */
    static final class Unreadable implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private void readObject(ObjectInputStream in) throws InvalidObjectException {
            throw new InvalidObjectException(REASON);
        }
    }

    /** An object whose {@code readResolve} fails. */
    static final class Unresolvable implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private Object readResolve() {
            throw new IllegalStateException(REASON);
        }
    }

    /** A call that fails while it is read. */
    static final class UnreadableCall implements TaskCall<String> {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String call() {
            return "ran";
        }

        @Serial
        private void readObject(ObjectInputStream in) throws InvalidObjectException {
            throw new InvalidObjectException(REASON);
        }
    }

    /** A call with a field that is not serializable. */
    static final class UnserializableCall implements TaskCall<String> {
        @Serial
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "UnusedVariable"}) // the field must not be serializable
        private final Object connection = new Unserializable();

        @Override
        public String call() {
            return "ran";
        }
    }

    /** An exception with a field that is not serializable. */
    static final class UnserializableException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "UnusedVariable"}) // the field must not be serializable
        private final Object connection = new Unserializable();

        UnserializableException() {
            super(REASON);
        }
    }

    /** An exception whose {@code getMessage} throws an error. */
    static final class MessageThrows extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new AssertionError(REASON);
        }
    }
}
