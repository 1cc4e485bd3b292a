package io.github.ignitetasks.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrampolineTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void actionsThatAnActionCausesRunAfterItInOrder() {
        Trampoline.run(() -> {
            Trampoline.run(() -> log.add("second"));
            Trampoline.run(() -> log.add("third"));
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
        Trampoline.run(() -> {
            Trampoline.run(() -> log.add("outer"));
            Trampoline.runApart(() -> Trampoline.run(() -> log.add("apart")));
            log.add("returned");
        });

        assertThat(log).containsExactly("apart", "returned", "outer");
    }

    @Test
    void actionThatThrowsLeavesNothingBehind() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Trampoline.run(() -> {
                    Trampoline.run(() -> log.add("dropped"));
                    throw new IllegalStateException("on purpose");
                }));

        Trampoline.run(() -> log.add("next"));

        assertThat(log).containsExactly("next");
    }

    private void follow(int more) {
        Trampoline.run(() -> {
            if (more == 0) {
                log.add("end");
            } else {
                follow(more - 1);
            }
        });
    }
}
