package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.benchmarks.peers.IgniteBody;
import java.nio.ByteBuffer;
import org.apache.ignite.lang.IgniteCallable;

/** What tasks do, on either side: they return the next number. */
enum Body {
    /** Of a number that the task captures. */
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

    /** Of a number at the head of 1 KB that the task captures. */
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

    /** Returns a call of this library. */
    abstract TaskCall<Integer> ours(int number);

    /** Returns a call of Ignite, for {@link IgniteBody}. */
    abstract IgniteCallable<Integer> ignites(int number);

    private static byte[] argument(int number) {
        return ByteBuffer.allocate(1_024).putInt(number).array();
    }
}
