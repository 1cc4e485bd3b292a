package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.RunningCall.Wait;
import org.jspecify.annotations.Nullable;

/** The right of one piece of work to run. */
public interface Slot {

    /** The slot of work that runs on the thread of whoever asked for it: nobody else waits for it. */
    Slot OF_CALLER = new Slot() {
        @Override
        public <T extends @Nullable Object> T lend(Wait<T> wait) throws InterruptedException {
            return wait.await();
        }

        @Override
        public void giveUp() {
            // the caller's thread stays with the work, whatever that does
        }
    };

    /**
     * Waits while other work may use the slot; to be called by the work's own thread.
     *
     * @throws InterruptedException if the wait is interrupted, or the one for the slot that follows it
     */
    <T extends @Nullable Object> T lend(Wait<T> wait) throws InterruptedException;

    /** Lets other work have the slot although this work has not ended: it is not waited for any more. */
    void giveUp();
}
