package io.github.ignitetasks.internal.execution;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.TaskInterruptedException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The thread inside the code of one attempt, and its interrupts. An interrupt that stops the attempt ends with the code.
 * An interrupt that is meant for a submitter stays on the submitter's thread.
 */
final class CodeThread {
    private final boolean ofSubmitter;

    /** The thread inside the code, which {@link #interrupt} interrupts; guarded by this. */
    private @Nullable Thread thread;

    private boolean interrupted; // guarded by this

    /** Whether the thread was interrupted before the code began. Only that thread uses this field and the next. */
    private boolean interruptedBefore;

    private Thrown thrown = Thrown.NO_INTERRUPT;

    /** The kind of exception with which the code ended. */
    private enum Thrown {
        NO_INTERRUPT,
        INTERRUPT,
        /** An exception that claims an interrupt, although there was none. */
        INVENTED_INTERRUPT
    }

    /** Makes it for the thread of a submitter, which goes on after the code, or for another. */
    CodeThread(boolean ofSubmitter) {
        this.ofSubmitter = ofSubmitter;
    }

    /** Notes that this thread is about to run the code. */
    synchronized void enter() {
        thread = Thread.currentThread();
        interruptedBefore = thread.isInterrupted();
    }

    /** Interrupts the code, if a thread is inside. */
    synchronized void interrupt() {
        if (thread != null) {
            interrupted = true;
            thread.interrupt();
        }
    }

    /** Returns the stack of the thread inside the code, one frame a line; empty if no thread is inside. */
    synchronized Optional<String> stack() {
        return thread == null
                ? Optional.empty()
                : Optional.of(Stream.of(thread.getStackTrace())
                        .map(StackTraceElement::toString)
                        .collect(joining("\n")));
    }

    /** Notes an exception that the code has thrown. */
    void onThrown(Throwable problem) {
        if (TaskInterruptedException.saysInterrupted(problem)) {
            thrown = TaskInterruptedException.isFromInterrupt(problem) ? Thrown.INTERRUPT : Thrown.INVENTED_INTERRUPT;
        }
    }

    /** Clears an interrupt that the code left behind, so that it does not affect the writing of the state. */
    synchronized void clearLeftBehind() {
        if (!ofSubmitter && !interrupted) {
            Thread.interrupted();
        }
    }

    /**
     * Notes that this thread has left the code. Clears its interrupt flag for the next work, except for an interrupt
     * that is meant for the submitter.
     */
    void leave() {
        synchronized (this) {
            thread = null;
            boolean flag = Thread.interrupted();
            boolean inside = thrown == Thrown.INTERRUPT || (flag && thrown != Thrown.INVENTED_INTERRUPT);
            if (ofSubmitter && (interruptedBefore || (inside && !interrupted))) {
                Thread.currentThread().interrupt();
            }
        }
        if (ofSubmitter && !interruptedBefore && thrown != Thrown.INTERRUPT) {
            LeftInterrupt.note();
        }
    }
}
