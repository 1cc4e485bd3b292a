package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.ConcurrencyType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.support.Gate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The promises of every runner whose calls run on threads of this JVM. */
public abstract class ThreadsRunnerContract extends TaskRunnerContract implements SharedCallsContract {
    @Override
    public final ConcurrencyType type() {
        return ConcurrencyType.CONCURRENT;
    }

    /** The call shares the list, so it sees the list before or after the change. */
    @Override
    @Test
    public void changeOfACapturedListAfterSubmitIsSeenByNoCopy() {
        Gate gate = gate();
        List<String> captured = new ArrayList<>(List.of("before"));
        TaskFuture<Integer> size = session().submit(key("size"), () -> {
            gate.pass();
            return captured.size();
        });

        captured.add("after");
        gate.open();

        assertThat(size.result(PATIENCE)).isBetween(1, 2);
    }
}
