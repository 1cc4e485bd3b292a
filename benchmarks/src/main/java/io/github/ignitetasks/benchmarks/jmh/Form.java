package io.github.ignitetasks.benchmarks.jmh;

import io.github.ignitetasks.TaskCall;
import org.apache.ignite.lang.IgniteCallable;

/** How the code of a task is written: in serialized form a lambda is much larger than an object. */
public enum Form {
    /** As a lambda. */
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

    /** As a class. */
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

    /** Not a record, which Ignite cannot send to another node. */
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
