package io.github.ignitetasks.internal.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class CausesTest {
    private static final int LONG_CHAIN = 100_000;

    @Test
    void exceptionIsFoundItselfAmongItsCausesAndAmongWhatTheseSuppressed() {
        IOException io = new IOException("io");
        IllegalStateException suppressing = new IllegalStateException("suppressing");
        suppressing.addSuppressed(new IllegalArgumentException("between", io));
        RuntimeException problem = new RuntimeException("outer", suppressing);

        assertThat(Causes.find(problem, RuntimeException.class)).isSameAs(problem);
        assertThat(Causes.find(problem, IllegalStateException.class)).isSameAs(suppressing);
        assertThat(Causes.find(problem, IOException.class)).isSameAs(io);
        assertThat(Causes.have(problem, InterruptedException.class, IOException.class))
                .isTrue();
        assertThat(Causes.have(problem, InterruptedException.class)).isFalse();
    }

    @Test
    void circleOfCausesIsSearchedOnce() {
        RuntimeException first = new RuntimeException("first");
        first.initCause(new RuntimeException("second", first));

        assertThat(Causes.have(first, IOException.class)).isFalse();
    }

    @Test
    void chainThatIsLongerThanAStackIsDeepIsSearchedToItsEnd() {
        Throwable problem = new IOException("last");
        for (int i = 0; i < LONG_CHAIN; i++) {
            problem = new RuntimeException("next", problem);
        }

        assertThat(Causes.have(problem, IOException.class)).isTrue();
    }
}
