package io.github.ignitetasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

final class FailureTest {
    private final IOException thrown = new IOException("no such page", new IllegalStateException("offline"));

    @Test
    void failureOfAThrowableHasItsTextsAndItself() {
        Failure failure = Failure.of(thrown);

        assertThat(failure.type()).isEqualTo("java.io.IOException");
        assertThat(failure.message()).isEqualTo("no such page");
        assertThat(failure.stackTrace()).contains("FailureTest", "Caused by: java.lang.IllegalStateException: offline");
        assertThat(failure.throwable()).containsSame(thrown);
        assertThat(failure).hasToString("java.io.IOException: no such page");
    }

    @Test
    void failureOfAThrowableWithoutMessageHasAnEmptyOne() {
        Failure failure = Failure.of(new IOException());

        assertThat(failure.message()).isEmpty();
        assertThat(failure).hasToString("java.io.IOException");
    }

    @Test
    void failureIsWrittenAsItsTexts() throws Exception {
        Failure failure = Failure.of(thrown);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(failure).hasSameHashCodeAs(failure);
        }
    }

    @Test
    void failuresWithAnotherTextAreNotEqual() {
        Failure failure = Failure.ofText("a", "b", "c");

        assertThat(failure).isEqualTo(Failure.ofText("a", "b", "c"));
        assertThat(failure)
                .isNotEqualTo(Failure.ofText("x", "b", "c"))
                .isNotEqualTo(Failure.ofText("a", "x", "c"))
                .isNotEqualTo(Failure.ofText("a", "b", "x"));
    }

    @Test
    void failureBecauseOfSomethingElseSaysThatFirst() {
        Failure failure = Failure.of(thrown).because("its exception cannot be carried");

        assertThat(failure.message()).isEqualTo("its exception cannot be carried: no such page");
        assertThat(failure.type()).isEqualTo("java.io.IOException");
        assertThat(failure.throwable()).isEmpty();
    }

    @Test
    void failureWithItsThrowableKeepsItsTexts() {
        Failure failure = Failure.ofText("a", "b", "c").with(thrown);

        assertThat(failure).isEqualTo(Failure.ofText("a", "b", "c"));
        assertThat(failure.throwable()).containsSame(thrown);
    }

    @Test
    void throwableWhoseMessageThrowsIsStillTold() {
        Failure failure = Failure.of(new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new AssertionError("on purpose");
            }
        });

        assertThat(failure.message()).isEqualTo("(its message cannot be read: java.lang.AssertionError)");
        assertThat(failure.stackTrace()).isEqualTo("(its stack trace cannot be read: java.lang.AssertionError)");
    }

    @Test
    void chainOfCausesThatIsTooLongForTheStackIsStillTold() {
        Exception last = new IOException("first");
        for (int i = 0; i < 100_000; i++) {
            last = new NoTrace(last);
        }

        Failure failure = Failure.of(last);

        assertThat(failure.message()).isEqualTo("one of many");
        assertThat(failure.stackTrace()).contains("StackOverflowError");
    }

    private static final class NoTrace extends Exception {
        private static final long serialVersionUID = 1L;

        NoTrace(Throwable cause) {
            super("one of many", cause, false, false);
        }
    }
}
