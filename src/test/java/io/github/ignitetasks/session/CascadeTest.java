package io.github.ignitetasks.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CascadeTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void actionsThatAnActionCausesRunAfterItInOrder() {
        Cascade.run(() -> {
            Cascade.run(() -> log.add("second"));
            Cascade.run(() -> log.add("third"));
            log.add("first");
        });

        assertThat(log).containsExactly("first", "second", "third");
    }

    @Test
    void chainOfAnyLengthFitsOnTheStack() {
        follow(100_000);

        assertThat(log).containsExactly("end");
    }

    @Test
    void actionsRunApartHaveRunWhenTheCallReturns() {
        Cascade.run(() -> {
            Cascade.run(() -> log.add("outer"));
            Cascade.runApart(() -> Cascade.run(() -> log.add("apart")));
            log.add("returned");
        });

        assertThat(log).containsExactly("apart", "returned", "outer");
    }

    @Test
    void actionThatThrowsLeavesNothingBehind() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Cascade.run(() -> {
                    Cascade.run(() -> log.add("dropped"));
                    throw new IllegalStateException("on purpose");
                }));

        Cascade.run(() -> log.add("next"));

        assertThat(log).containsExactly("next");
    }

    private void follow(int more) {
        Cascade.run(() -> {
            if (more == 0) {
                log.add("end");
            } else {
                follow(more - 1);
            }
        });
    }
}
