package io.github.ignitetasks.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NumberedDequeTest {
    private final NumberedDeque<String> deque = new NumberedDeque<>();

    private List<String> numbered() {
        return deque.all().stream().map(each -> each.element() + each.number()).toList();
    }

    @Test
    void elementsKeepTheirNumbersWhereverTheyWereAdded() {
        deque.addLast("a", 1);
        deque.addLast("b", 2);
        deque.addLast("c", 7);
        deque.addFirst("d", 0);
        deque.addFirst("e", -4);

        assertThat(numbered()).containsExactly("e-4", "d0", "a1", "b2", "c7");
    }

    @Test
    void firstNumberIsThatOfTheElementWhichIsRemovedNext() {
        deque.addLast("a", 1);
        deque.addLast("b", 2);
        deque.addLast("c", 7);

        assertThat(deque.firstNumber()).isEqualTo(1);
        assertThat(deque.removeFirst()).isEqualTo("a");
        assertThat(deque.firstNumber()).isEqualTo(2);
        assertThat(deque.removeFirst()).isEqualTo("b");
        assertThat(deque.firstNumber()).isEqualTo(7);
        assertThat(deque.removeFirst()).isEqualTo("c");
        assertThat(deque.isEmpty()).isTrue();
    }

    @Test
    void elementThatComesBackGetsANumberBeforeTheOthers() {
        deque.addLast("a", 1);
        deque.addLast("b", 2);
        deque.addFirst(deque.removeFirst(), -1);
        deque.addLast("c", 3);

        assertThat(numbered()).containsExactly("a-1", "b2", "c3");
    }
}
