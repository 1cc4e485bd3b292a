package io.github.ignitetasks.support;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.nio.file.Path;

/** A session in a JVM of its own, configured by a Spring XML file. The class path may lack Spring. */
public final class SpringMain {
    private SpringMain() {}

    /** Argument: the file. Prints the session, or the reason why it did not start. */
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
