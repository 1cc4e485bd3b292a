package io.github.ignitetasks.support;

import io.github.ignitetasks.Deadlines;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A latch that tasks in any process on this machine can wait for. It is open once its file exists.
 *
 * @param file the file
 */
public record Gate(File file) implements Serializable {
    private static final long POLL_MILLIS = 2;

    /** Returns the gate of a folder. */
    public static Gate in(Path folder) {
        return new Gate(folder.resolve("gate").toFile());
    }

    /** Opens the gate, unless it is open. */
    @SuppressWarnings("CheckReturnValue") // an open gate stays open
    public void open() {
        try {
            file.createNewFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the gate is open. */
    public boolean isOpen() {
        return file.exists();
    }

    /** Waits until the gate is open. Throws an exception if nobody opens the gate for a long time. */
    public void pass() throws InterruptedException {
        passAnd(() -> {});
    }

    /** Waits as {@link #pass()} does, and does something again and again meanwhile. */
    public void passAnd(Runnable meanwhile) throws InterruptedException {
        long deadline = System.nanoTime() + Deadlines.PATIENCE.toNanos();
        while (!isOpen()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("nobody opened " + this);
            }
            meanwhile.run();
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Waits until the gate is open, without a deadline, and ignores interrupts. */
    @SuppressWarnings("ThreadPriorityCheck") // no blocking wait for a file ignores interrupts
    public void passUninterruptibly() {
        while (!isOpen()) {
            Thread.yield();
        }
    }
}
