package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SequentialExecutorTest {
    private final SequentialExecutor executor = new SequentialExecutor();
    private final List<Integer> ran = new ArrayList<>();

    @Test
    void actionThatComesEarlyWaitsForThoseBeforeIt() {
        executor.run(2, () -> ran.add(2));
        executor.run(1, () -> ran.add(1));
        assertThat(ran).isEmpty();

        executor.run(0, () -> ran.add(0));

        assertThat(ran).containsExactly(0, 1, 2);
    }

    @Test
    void actionThatComesWhileOneRunsRunsAfterIt() {
        executor.run(0, () -> {
            executor.run(1, () -> ran.add(1));
            ran.add(0);
        });

        assertThat(ran).containsExactly(0, 1);
    }

    @Test
    void actionThatThrowsDoesNotHoldUpTheNext() {
        assertThat(catchThrowable(() -> executor.run(0, () -> {
                    throw new IllegalStateException("as it is asked to");
                })))
                .isInstanceOf(IllegalStateException.class);

        executor.run(1, () -> ran.add(1));

        assertThat(ran).containsExactly(1);
    }

    @Test
    void actionsOfManyThreadsRunInOrder() {
        IntStream.range(0, 10_000).parallel().forEach(number -> executor.run(number, () -> ran.add(number)));

        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, 10_000).boxed().toList());
    }
}
