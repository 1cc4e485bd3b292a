package io.github.ignitetasks.support;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;

/** Objects like those of users, whose code stops while they are written, read or hashed. */
public final class SlowObjects {
    private SlowObjects() {}

    /** An object that stops while it is read. */
    public static final class Read implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Stop stop;

        /** Makes an object that stops at {@code stop}. */
        public Read(Stop stop) {
            this.stop = stop;
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            stop.pass();
        }
    }

    /** An object that stops after it is read, in {@code readResolve}. */
    public static final class Resolved implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Stop stop;

        /** Makes an object that stops at {@code stop}. */
        public Resolved(Stop stop) {
            this.stop = stop;
        }

        @Serial
        private Object readResolve() {
            return unchecked(stop, this);
        }
    }

    /** An object that stops while it is written, and counts its writes. */
    public static final class Written implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Stop stop;
        private final Tally writes;

        /** Makes an object that stops at {@code stop}. */
        public Written(Stop stop, Tally writes) {
            this.stop = stop;
            this.writes = writes;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            writes.add();
            stop.pass();
            out.defaultWriteObject();
        }
    }

    /** An object that stops before it is written, in {@code writeReplace}. */
    public static final class Replaced implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // writeReplace puts a text in its place
        private final Stop stop;

        /** Makes an object that stops at {@code stop}. */
        public Replaced(Stop stop) {
            this.stop = stop;
        }

        @Serial
        private Object writeReplace() {
            return unchecked(stop, "replaced");
        }
    }

    /** An object that stops in {@code hashCode} once it has been read. */
    public static final class Hashed implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Stop stop;
        private final transient boolean original;

        /** Makes an object that stops at {@code stop}. */
        public Hashed(Stop stop) {
            this.stop = stop;
            this.original = true;
        }

        @Override
        public int hashCode() {
            return original ? 1 : unchecked(stop, 1);
        }

        @Override
        public boolean equals(Object other) {
            return other == this;
        }
    }

    /** An exception that stops while it is written. */
    public static final class WrittenException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Stop stop;

        /** Makes an exception that stops at {@code stop}. */
        public WrittenException(Stop stop) {
            super("on purpose");
            this.stop = stop;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            stop.pass();
            out.defaultWriteObject();
        }
    }

    /** An exception that stops while it is read. */
    public static final class ReadException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Stop stop;

        /** Makes an exception that stops at {@code stop}. */
        public ReadException(Stop stop) {
            super("on purpose");
            this.stop = stop;
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            stop.pass();
        }
    }

    private static <T> T unchecked(Stop stop, T value) {
        try {
            stop.pass();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return value;
    }
}
