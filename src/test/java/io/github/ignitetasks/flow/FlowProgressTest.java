package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionObserver;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.local.SequentialTaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.observe.ProgressLine;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Tests which flows have a progress line, by the thread that draws it. */
final class FlowProgressTest {
    /** Returns a listener that keeps the name of the session. */
    private static SessionObserver nameTo(AtomicReference<String> name) {
        return (ObservedSession session) -> {
            name.set(session.name());
            return new TaskEvents() {};
        };
    }

    private static boolean isShown(AtomicReference<String> session) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(session + "-progress"));
    }

    @Test
    void flowHasTheStandardLineWhileItRuns() {
        AtomicReference<String> session = new AtomicReference<>();
        boolean shown = Flow.named("shown")
                .body(run -> isShown(session))
                .withListener(nameTo(session))
                .run();

        assertThat(shown).isTrue();
        assertThat(isShown(session)).isFalse();
    }

    @Test
    void flowWhoseLineIsOffHasNone() {
        AtomicReference<String> session = new AtomicReference<>();
        boolean shown = Flow.named("off")
                .body(run -> isShown(session))
                .withListener(nameTo(session))
                .withListener(ProgressLine.off())
                .run();

        assertThat(shown).isFalse();
    }

    @Test
    void flowOfARunnerWhoseLineIsOffHasNone() {
        AtomicReference<String> session = new AtomicReference<>();
        boolean shown = Flow.named("off")
                .body(run -> isShown(session))
                .withListener(nameTo(session))
                .withTaskRunner(ThreadPoolTaskRunner.create().withListener(ProgressLine.off()))
                .run();

        assertThat(shown).isFalse();
    }

    @Test
    void flowThatATaskRunsHasNone() {
        AtomicReference<String> session = new AtomicReference<>();
        boolean shown = Flow.named("outer")
                .body(run -> run.submit(
                                "runs-a-flow",
                                () -> Flow.named("inner")
                                        .body(inner -> isShown(session))
                                        .withListener(nameTo(session))
                                        .run())
                        .result())
                .withTaskRunner(SequentialTaskRunner.create())
                .run();

        assertThat(shown).isFalse();
    }
}
