package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.benchmarks.peers.IgniteBody;
import java.nio.ByteBuffer;
import org.apache.ignite.lang.IgniteCallable;

/** The body of tasks, for both sides. It returns the next number. */
enum Body {
    /** The task captures a number. */
    SMALL {
        @Override
        TaskCall<Integer> ours(int number) {
            return () -> number + 1;
        }

        @Override
        IgniteCallable<Integer> ignites(int number) {
            return () -> number + 1;
        }
    },

    /** The task captures 1 KB that starts with a number. */
    WITH_1KB {
        @Override
        TaskCall<Integer> ours(int number) {
            byte[] argument = argument(number);
            return () -> ByteBuffer.wrap(argument).getInt() + 1;
        }

        @Override
        IgniteCallable<Integer> ignites(int number) {
            byte[] argument = argument(number);
            return () -> ByteBuffer.wrap(argument).getInt() + 1;
        }
    };

    /** Returns a call for this library. */
    abstract TaskCall<Integer> ours(int number);

    /** Returns a call for Ignite, as {@link IgniteBody} needs it. */
    abstract IgniteCallable<Integer> ignites(int number);

    private static byte[] argument(int number) {
        return ByteBuffer.allocate(1_024).putInt(number).array();
    }
}
