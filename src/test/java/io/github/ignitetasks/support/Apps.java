package io.github.ignitetasks.support;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.flow.Task;
import java.io.Serializable;

/** What applications bring, each with a class loader of its own. */
public final class Apps {
    private Apps() {}

    /** Returns the name of the context class loader of this thread. */
    public static String context() {
        return String.valueOf(Thread.currentThread().getContextClassLoader().getName());
    }

    /** Returns the names of its context class loader and its own. */
    public static final class Work implements TaskCall<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String call() {
            return context() + " for " + getClass().getClassLoader().getName();
        }
    }

    /** Does the same as the body of a flow's task. */
    public static final class Body implements Task.Body<Integer, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String run(Integer argument) {
            return context() + " for " + getClass().getClassLoader().getName();
        }
    }

    /** Tells its context class loader while it is read. */
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

    /** Something of one application. */
    public static final class Order implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "order of " + getClass().getClassLoader().getName();
        }
    }

    /** Something of another application. */
    public static final class Bill implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "bill of " + getClass().getClassLoader().getName();
        }
    }

    /** Reaches both. */
    public record Pair(Serializable one, Serializable other) implements TaskCall<Serializable> {
        private static final long serialVersionUID = 1L;

        /** Returns an equal pair, which has found the classes by their names. */
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
