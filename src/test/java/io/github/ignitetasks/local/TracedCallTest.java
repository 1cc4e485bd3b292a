package io.github.ignitetasks.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.tracing.CallTrace;
import io.github.ignitetasks.internal.tracing.TraceContext;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TracedCallTest {
    @Test
    void endedCallKeepsNoTraceContext() {
        try (TaskSession session = SequentialTaskRunner.create().start()) {
            TracedCall<Integer> call = new TracedCall<>(
                    (KeyedSession) session,
                    () -> 1,
                    List.of(),
                    Set.of(),
                    ClassLoader.getSystemClassLoader(),
                    CallTrace.arrived(TraceContext.EMPTY));
            assertThat(call.trace()).isPresent();

            call.letGo();

            assertThat(call.trace()).isEmpty();
        }
    }
}
