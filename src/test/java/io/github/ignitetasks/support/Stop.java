package io.github.ignitetasks.support;

import io.github.ignitetasks.Deadlines;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/**
 * Where code of users stops until a test lets it go on.
 *
 * @param reached is opened by code that comes to it
 * @param go lets that code go on
 * @param deaf whether the code ignores interrupts meanwhile
 */
public record Stop(Gate reached, Gate go, boolean deaf) implements Serializable {

    /** Makes a stop in a new folder of this one. */
    public static Stop in(Path folder, boolean deaf) throws IOException {
        Path own = Files.createTempDirectory(folder, "stop");
        return new Stop(
                new Gate(own.resolve("reached").toFile()),
                new Gate(own.resolve("go").toFile()),
                deaf);
    }

    /** Stops the code that calls this. */
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

    /** Waits until code has come to it. */
    public void awaitReached() {
        Awaitility.await().atMost(Deadlines.PATIENCE).until(reached::isOpen);
    }
}
