package io.github.ignitetasks.internal.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.internal.lifecycle.JvmLifecycle.Registration;
import io.github.ignitetasks.internal.lifecycle.JvmLifecycle.Stage;
import org.junit.jupiter.api.Test;

final class JvmLifecycleTest {
    private static final OpenResource NEVER_ENDED = new OpenResource() {
        @Override
        public void onShutdown() {
            throw new AssertionError("the JVM goes on");
        }

        @Override
        public void onMainEnded() {
            throw new AssertionError("main goes on");
        }
    };

    @Test
    void watchLivesWhileSomethingIsOpen() {
        Registration first = JvmLifecycle.register(Stage.SESSIONS, NEVER_ENDED);
        Registration second = JvmLifecycle.register(Stage.NODES, NEVER_ENDED);
        assertThat(isWatched()).isTrue();

        first.remove();
        first.remove();
        assertThat(isWatched()).as("the other is still open").isTrue();

        second.remove();
        await().atMost(Deadlines.PATIENCE).until(() -> !isWatched());
    }

    @Test
    void jvmThatGoesOnDoesNotShutDown() {
        assertThat(JvmLifecycle.isShuttingDown()).isFalse();
    }

    private static boolean isWatched() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("ignite-tasks-main-watch"));
    }
}
