package io.github.ignitetasks.support;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.flow.Task;
import java.io.Serializable;

/** Classes of applications, each of which has its own class loader. */
public final class Apps {
    private Apps() {}

    /** Returns the name of the context class loader of the current thread. */
    public static String context() {
        return String.valueOf(Thread.currentThread().getContextClassLoader().getName());
    }

    /** A call that returns the names of the context class loader and of the loader of this class. */
    public static final class Work implements TaskCall<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String call() {
            return context() + " for " + getClass().getClassLoader().getName();
        }
    }

    /** The body of a flow's task that returns the same names as {@link Work}. */
    public static final class Body implements Task.Body<Integer, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String run(Integer argument) {
            return context() + " for " + getClass().getClassLoader().getName();
        }
    }

    /** A call that returns the name of the context class loader under which it was deserialized. */
    public static final class Read implements TaskCall<String> {
        private static final long serialVersionUID = 1L;

        private transient String found = "not read";

        private Object readResolve() {
            found = context();
            return this;
        }

        @Override
        public String call() {
            return found;
        }
    }

    /** An object of one application. */
    public static final class Order implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "order of " + getClass().getClassLoader().getName();
        }
    }

    /** An object of another application. */
    public static final class Bill implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "bill of " + getClass().getClassLoader().getName();
        }
    }

    /** A call that refers to objects of two applications. */
    public record Pair(Serializable one, Serializable other) implements TaskCall<Serializable> {
        private static final long serialVersionUID = 1L;

        /** Checks that the context class loader finds both classes by name, and returns an equal pair. */
        @Override
        public Serializable call() throws ClassNotFoundException {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            if (Class.forName(one.getClass().getName(), true, context) != one.getClass()
                    || Class.forName(other.getClass().getName(), true, context) != other.getClass()) {
                throw new IllegalStateException("the context class loader finds other classes");
            }
            return new Pair(one, other);
        }

        @Override
        public String toString() {
            return one + " and " + other;
        }
    }
}
