package io.github.ignitetasks.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SendBatchTest {
    private final List<String> started = new ArrayList<>();
    private final SendBatch<String> batch = new SendBatch<>(started::add);

    @Test
    void connectionStartsAtOnceOutsideABatch() {
        batch.start("node");

        assertThat(started).containsExactly("node");
    }

    @Test
    void eachConnectionOfABatchStartsOnceAtItsEnd() {
        batch.run(() -> {
            batch.start("one");
            batch.start("two");
            batch.start("one");
            assertThat(started).isEmpty();
        });

        assertThat(started).containsExactly("one", "two");
    }

    @Test
    void batchWithinABatchEndsWithTheOuterOne() {
        batch.run(() -> {
            batch.run(() -> batch.start("inner"));
            assertThat(started).isEmpty();
        });

        assertThat(started).containsExactly("inner");
    }

    @Test
    void callsThatWereSentBeforeAFailureGo() {
        assertThatIllegalStateException()
                .isThrownBy(() -> batch.run(() -> {
                    batch.start("node");
                    throw new IllegalStateException("thrown on purpose");
                }));

        assertThat(started).containsExactly("node");
    }

    @Test
    void connectionAfterOneThatFailsStarts() {
        SendBatch<String> failing = new SendBatch<>(connection -> {
            started.add(connection);
            if (connection.equals("one")) {
                throw new IllegalStateException("thrown on purpose");
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> failing.run(() -> {
                    failing.start("one");
                    failing.start("two");
                }));

        assertThat(started).containsExactly("one", "two");
    }

    @Test
    void batchOfAThreadDoesNotDelayOthers() {
        Thread other = new Thread(() -> batch.start("other"));
        batch.run(() -> {
            other.start();
            join(other);
            assertThat(started).containsExactly("other");
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
