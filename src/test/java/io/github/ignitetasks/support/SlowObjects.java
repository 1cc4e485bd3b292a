package io.github.ignitetasks.support;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;

/** Objects of users whose code stops while they are written, read or hashed. */
public final class SlowObjects {
    private SlowObjects() {}

    /** Stops while it is read. */
    public static final class Read implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Stop stop;

        /** Makes an object that stops there. */
        public Read(Stop stop) {
            this.stop = stop;
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            stop.pass();
        }
    }

    /** Stops once it is read, where what it stands for is made. */
    public static final class Resolved implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Stop stop;

        /** Makes an object that stops there. */
        public Resolved(Stop stop) {
            this.stop = stop;
        }

        @Serial
        private Object readResolve() {
            return unchecked(stop, this);
        }
    }

    /** Stops while it is written, and counts how often it is. */
    public static final class Written implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Stop stop;
        private final Tally writes;

        /** Makes an object that stops there. */
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

    /** Stops before it is written, where what is written in its place is made. */
    public static final class Replaced implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // something else is written
        private final Stop stop;

        /** Makes an object that stops there. */
        public Replaced(Stop stop) {
            this.stop = stop;
        }

        @Serial
        private Object writeReplace() {
            return unchecked(stop, "replaced");
        }
    }

    /** Stops when it is asked for its hash code, once it has been read. */
    public static final class Hashed implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Stop stop;
        private final transient boolean original;

        /** Makes an object that stops there. */
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

        /** Makes an exception that stops there. */
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

        /** Makes an exception that stops there. */
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
