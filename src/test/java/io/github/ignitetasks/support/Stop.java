package io.github.ignitetasks.support;

import io.github.ignitetasks.Deadlines;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/**
 * A point at which user code stops until a test lets it go on.
 *
 * @param reached the gate that the code opens when it gets here
 * @param go the gate that lets the code go on
 * @param deaf whether the code ignores interrupts while it is stopped
 */
public record Stop(Gate reached, Gate go, boolean deaf) implements Serializable {

    /** Makes a stop in a new subfolder of {@code folder}. */
    public static Stop in(Path folder, boolean deaf) throws IOException {
        Path own = Files.createTempDirectory(folder, "stop");
        return new Stop(
                new Gate(own.resolve("reached").toFile()),
                new Gate(own.resolve("go").toFile()),
                deaf);
    }

    /** Stops the caller until the test opens {@code go}. */
    public void pass() throws IOException {
        reached.open();
        if (deaf) {
            go.passUninterruptibly();
            return;
        }
        try {
            go.pass();
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException("interrupted at a stop").initCause(e);
        }
    }

    /** Waits until code has reached the stop. */
    public void awaitReached() {
        Awaitility.await().atMost(Deadlines.PATIENCE).until(reached::isOpen);
    }
}
