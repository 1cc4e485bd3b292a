package io.github.ignitetasks.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.support.ObservedTask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the buffer of ended tasks. */
final class EndedBufferTest {
    private final EndedBuffer buffer = new EndedBuffer();
    private final ObservedTask task = ObservedTask.of("a", "t");

    private EndedBuffer.Added add(StateType type, long nanos) {
        return buffer.add(task, type, nanos, 1);
    }

    @Test
    void completedTasksLeaveRoomForFailures() {
        int completed = 0;
        while (add(StateType.COMPLETED, completed) != EndedBuffer.Added.NO) {
            completed++;
        }
        int failed = 0;
        while (add(StateType.FAILED, failed) != EndedBuffer.Added.NO) {
            failed++;
        }

        assertThat(completed).isEqualTo(EndedBuffer.CAPACITY / 4 * 3);
        assertThat(completed + failed).isEqualTo(EndedBuffer.CAPACITY);
    }

    @Test
    void tasksAreReadInOrderAndMakeRoom() {
        List<Long> read = new ArrayList<>();
        for (long i = 0; i < 3L * EndedBuffer.CAPACITY; i++) {
            assertThat(add(StateType.COMPLETED, i)).isNotEqualTo(EndedBuffer.Added.NO);
            if (i % 100 == 99) {
                buffer.read(1_000, (SessionTask each, StateType type, long end, long ran) -> read.add(end));
            }
        }

        assertThat(read)
                .isSorted()
                .hasSizeGreaterThan(3 * EndedBuffer.CAPACITY - 100)
                .doesNotHaveDuplicates();
    }
}
