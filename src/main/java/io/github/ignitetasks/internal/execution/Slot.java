package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.internal.context.RunningCall.Wait;
import org.jspecify.annotations.Nullable;

/** The right of one piece of work to run. */
public interface Slot {

    /** The slot of work that runs on its submitter's thread; no other work waits for it. */
    Slot OF_CALLER = new Slot() {
        @Override
        public <T extends @Nullable Object> T lend(Wait<T> wait) throws InterruptedException {
            return wait.await();
        }

        @Override
        public void giveUp() {
            // nothing to do: the caller's thread stays with the work
        }
    };

    /**
     * Waits while other work may use the slot. Only the work's own thread calls this.
     *
     * @throws InterruptedException if this wait is interrupted, or the wait for the slot that follows it
     */
    <T extends @Nullable Object> T lend(Wait<T> wait) throws InterruptedException;

    /** Gives the slot to other work although this work has not ended, because nothing waits for this work any more. */
    void giveUp();
}
