package io.github.ignitetasks.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Requirements;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CallQueueTest {
    private static final Requirements GPU = Requirements.none().requires("gpu", 1);
    private static final Requirements DISK = Requirements.none().requires("disk", 1);

    private final CallQueue<Call> queue = new CallQueue<>(Call::priority, Call::needed);

    private record Call(String name, int priority, Requirements needed) {}

    private void add(String name, int priority) {
        queue.add(new Call(name, priority, Requirements.none()));
    }

    private void add(String name, Requirements needed) {
        queue.add(new Call(name, 0, needed));
    }

    private static String name(@Nullable Call call) {
        return call == null ? "none" : call.name();
    }

    private List<String> pollAll() {
        List<String> all = new ArrayList<>();
        while (!queue.isEmpty()) {
            all.add(name(queue.poll()));
        }
        return all;
    }

    @Test
    void callsOfOnePriorityGoInTheOrderInWhichTheyCame() {
        List.of("a", "b", "c").forEach(name -> add(name, 0));

        assertThat(queue.size()).isEqualTo(3);
        assertThat(pollAll()).containsExactly("a", "b", "c");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void callThatComesBackGoesBeforeTheOthersOfItsPriority() {
        List.of("b", "c").forEach(name -> add(name, 0));
        add("urgent", 1);

        queue.addFirst(new Call("a", 0, Requirements.none()));

        assertThat(queue.all()).extracting(Call::name).containsExactly("urgent", "a", "b", "c");
        assertThat(queue.takeAll()).extracting(Call::name).containsExactly("urgent", "a", "b", "c");
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.size()).isZero();
    }

    @Test
    void callOfAHigherPriorityGoesFirst() {
        add("late", -1);
        add("normal", 0);
        add("urgent", 7);

        assertThat(pollAll()).containsExactly("urgent", "normal", "late");
    }

    @Test
    void oneOfEightCallsIsTheOneThatHasWaitedLongest() {
        add("patient", 0);
        add("more patient than the rest", 1);
        for (int i = 0; i < 20; i++) {
            add("urgent", 2);
        }

        List<String> order = pollAll();

        assertThat(order.indexOf("patient")).isEqualTo(7);
        assertThat(order.indexOf("more patient than the rest")).isEqualTo(15);
    }

    @Test
    void callWhoseRequirementsAreNotMetIsPassedOver() {
        add("first on a gpu", GPU);
        add("second on a gpu", GPU);
        add("on a disk", DISK);
        add("anywhere", Requirements.none());

        assertThat(name(queue.poll(needed -> !needed.equals(GPU)))).isEqualTo("on a disk");
        assertThat(name(queue.poll(Requirements::isEmpty))).isEqualTo("anywhere");
        assertThat(queue.poll(Requirements::isEmpty)).isNull();
        assertThat(queue.requirements()).containsExactly(GPU);
        assertThat(pollAll()).containsExactly("first on a gpu", "second on a gpu");
    }

    @Test
    void callsOfDifferentRequirementsGoInTheOrderInWhichTheyCame() {
        add("a", GPU);
        add("b", DISK);
        add("c", GPU);
        add("d", Requirements.none());

        assertThat(pollAll()).containsExactly("a", "b", "c", "d");
    }
}
