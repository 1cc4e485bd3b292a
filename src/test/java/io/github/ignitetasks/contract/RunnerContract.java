package io.github.ignitetasks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

/** Contract of runners as values: runners with equal settings are equal. */
interface RunnerContract extends Contract {

    @Test
    default void duplicateIsEqualAndNotTheSame() {
        TaskRunner runner = runner();

        TaskRunner duplicate = runner.duplicate();

        assertThat(duplicate).isNotSameAs(runner).isEqualTo(runner).hasSameHashCodeAs(runner);
    }

    @Test
    default void duplicateSaysTheSameOfItself() {
        TaskRunner runner = runner();

        TaskRunner duplicate = runner.duplicate();

        assertThat(duplicate.name()).isEqualTo(runner.name()).isNotBlank();
        assertThat(duplicate.concurrencyType()).isEqualTo(runner.concurrencyType());
    }

    @Test
    default void runnerSaysOfWhichTypeItIs() {
        assertThat(runner().concurrencyType()).isEqualTo(type());
    }

    @Test
    default void runnersMadeAlikeAreEqual() {
        assertThat(withSlots(2)).isEqualTo(withSlots(2)).hasSameHashCodeAs(withSlots(2));
    }

    @Test
    default void runnersThatDifferInASettingAreNotEqual() {
        assertThat(withSlots(1)).isNotEqualTo(withSlots(2));
    }

    @Test
    default void runnerIsNotEqualToSomethingElse() {
        assertThat(runner()).isNotEqualTo(runner().name()).isNotEqualTo(null);
    }

    @Test
    default void runnerWrittenBeforeItsStartIsReadAsAnEqualOne() throws Exception {
        TaskRunner runner = runner();

        assertThat(writtenAndRead(runner)).isEqualTo(runner).hasSameHashCodeAs(runner);
    }

    @Test
    default void runnerWrittenAfterItsStartIsReadAsAnEqualOne() throws Exception {
        TaskRunner runner = runner();
        try (TaskSession session = runner.start()) {
            session.submit(key("one"), () -> 1).result();

            assertThat(writtenAndRead(runner)).isEqualTo(runner).hasSameHashCodeAs(runner);
        }
    }

    @Test
    default void runnerStartedAgainRunsCallsAgain() {
        TaskRunner runner = runner();
        runner.start().close();

        try (TaskSession session = runner.start()) {
            assertThat(session.submit(key("one"), () -> 1).result()).isEqualTo(1);
        }
    }

    private static Object writtenAndRead(TaskRunner runner) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(runner);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
