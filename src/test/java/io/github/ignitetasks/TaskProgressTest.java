package io.github.ignitetasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests what a task may tell of its progress, and how it reads. */
final class TaskProgressTest {
    private static TaskProgress progress(long done, long total, String text) {
        return new TaskProgress(done, total, text, Instant.EPOCH);
    }

    @Test
    void badNumbersAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> progress(-1, 10, ""))
                .withMessageStartingWith("done must be 0 or more, but is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> progress(11, 10, ""))
                .withMessageStartingWith("done must not be above total, but is 11 of 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> progress(0, -1, ""))
                .withMessageStartingWith("done must not be above total, but is 0 of -1");
    }

    @Test
    void longTextIsCutAndStaysWholeCharacters() {
        assertThat(progress(0, 0, "x".repeat(1_000)).text()).isEqualTo("x".repeat(TaskProgress.MAX_TEXT));
        assertThat(progress(0, 0, "x".repeat(TaskProgress.MAX_TEXT - 1) + "😀").text())
                .isEqualTo("x".repeat(TaskProgress.MAX_TEXT - 1));
    }

    @Test
    void textIsOneLine() {
        assertThat(progress(0, 0, "one\ntwo").text()).isEqualTo("one\\u000Atwo");
        assertThat(progress(0, 0, "\n".repeat(300)).text()).hasSize(TaskProgress.MAX_TEXT);
    }

    @Test
    void descriptionHasWhatTheTaskTold() {
        assertThat(progress(3, 10, "").describe()).isEqualTo("3 of 10");
        assertThat(progress(3, 10, "reading page 3").describe()).isEqualTo("3 of 10, reading page 3");
        assertThat(progress(0, 0, "reading").describe()).isEqualTo("reading");
    }
}
