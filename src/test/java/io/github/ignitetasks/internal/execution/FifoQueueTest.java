package io.github.ignitetasks.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FifoQueueTest {
    private final CallQueue<String> queue = new FifoQueue<>();

    @Test
    void callsGoInTheOrderInWhichTheyCame() {
        List.of("a", "b", "c").forEach(queue::add);

        assertThat(queue.size()).isEqualTo(3);
        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.poll()).isEqualTo("b");
        assertThat(queue.poll()).isEqualTo("c");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void callThatComesBackGoesBeforeTheOthers() {
        List.of("b", "c").forEach(queue::add);

        queue.addFirst("a");

        assertThat(queue.takeAll()).containsExactly("a", "b", "c");
    }

    @Test
    void queueWhoseCallsWereTakenIsEmpty() {
        queue.add("a");
        assertThat(queue.isEmpty()).isFalse();

        List<String> taken = queue.takeAll();

        assertThat(queue.isEmpty()).isTrue();
        assertThat(taken).containsExactly("a");
    }
}
