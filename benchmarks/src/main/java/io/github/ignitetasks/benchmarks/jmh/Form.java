package io.github.ignitetasks.benchmarks.jmh;

import io.github.ignitetasks.TaskCall;
import org.apache.ignite.lang.IgniteCallable;

/** How the code of a task is written: in serialized form a lambda is much larger than a record. */
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

    /** As a record. */
    RECORD {
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

    private record NextNumber(int number) implements TaskCall<Integer>, IgniteCallable<Integer> {
        @Override
        public Integer call() {
            return number + 1;
        }
    }
}
