package io.github.ignitetasks.benchmarks.jmh;

import io.github.ignitetasks.TaskCall;
import org.apache.ignite.lang.IgniteCallable;

/** The form of a task's code. A serialized lambda is much larger than a serialized object. */
public enum Form {
    /** The task is a lambda. */
    LAMBDA {
        @Override
        TaskCall<Integer> task(int number) {
            return () -> number + 1;
        }

        @Override
        IgniteCallable<Integer> callable(int number) {
            return () -> number + 1;
        }
    },

    /** The task is an object of a class. */
    CLASS {
        @Override
        TaskCall<Integer> task(int number) {
            return new NextNumber(number);
        }

        @Override
        IgniteCallable<Integer> callable(int number) {
            return new NextNumber(number);
        }
    };

    abstract TaskCall<Integer> task(int number);

    abstract IgniteCallable<Integer> callable(int number);

    /** This class is not a record, because Ignite cannot send a record to another node. */
    private static final class NextNumber implements TaskCall<Integer>, IgniteCallable<Integer> {
        private static final long serialVersionUID = 1L;

        private final int number;

        NextNumber(int number) {
            this.number = number;
        }

        @Override
        public Integer call() {
            return number + 1;
        }
    }
}
