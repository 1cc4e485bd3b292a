package io.github.ignitetasks.support;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.nio.file.Path;

/** A session by a Spring XML file in a JVM of its own, maybe one without Spring. */
public final class SpringMain {
    private SpringMain() {}

    /** Takes the file, and prints why it is refused. */
    public static void main(String[] args) {
        IgniteTaskRunner runner =
                IgniteTaskRunner.builder().springConfig(Path.of(args[0])).build();
        try (TaskSession session = runner.start()) {
            System.out.println("started " + session);
        } catch (IllegalStateException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }
}
