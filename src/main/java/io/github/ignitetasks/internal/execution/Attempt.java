package io.github.ignitetasks.internal.execution;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.RunningCall;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a call. Its verdict is set once: by the end of its code, or by a thread that stops it, whichever comes
 * first. The attempt is over when its thread has left the code, or when nothing waits for that thread any more.
 */
final class Attempt<R extends @Nullable Object> extends RunningCall {
    private final CallExecution<R> run;
    private final int number;
    private final Slot slot;
    private final Runnable again;
    private final Instant startTime = Instant.now();
    private final AtomicReference<@Nullable Outcome<R>> verdict = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();

    private volatile Step step = Step.READING;

    /** The thread inside the code, which a stop interrupts; guarded by this. */
    private @Nullable Thread thread;

    private boolean interrupted; // guarded by this

    /** Whether the thread was interrupted before the code began. Only that thread uses this field and the next two. */
    private boolean interruptedBefore;

    /** Whether the code ended with an exception that comes from an interrupt. */
    private boolean noticedInterrupt;

    /** Whether the code ended with an exception that claims an interrupt, although there was none. */
    private boolean inventedInterrupt;

    private enum Step {
        READING(", while its call was being read"),
        RUNNING(""),
        WRITING(", while its result was being written");

        private final String text;

        Step(String text) {
            this.text = text;
        }
    }

    Attempt(CallExecution<R> run, int number, Slot slot, Runnable again) {
        this.run = run;
        this.number = number;
        this.slot = slot;
        this.again = again;
    }

    /** Runs the code on this thread, unless the attempt was stopped before. */
    void runCode() {
        boolean left = slot == Slot.OF_CALLER && LeftInterrupt.putAside();
        if (enter()) {
            Outcome<R> outcome = execute();
            if (slot == Slot.OF_CALLER && !interruptedBefore && !noticedInterrupt) {
                LeftInterrupt.note();
            }
            if (verdict.compareAndSet(null, outcome)) {
                run.onVerdict(this, outcome);
            }
        }
        if (left) {
            LeftInterrupt.putBack();
        }
        end(false);
    }

    /** Runs the code in a context of its own, and restores the previous context. */
    private Outcome<R> execute() {
        ThreadContext before = ThreadContext.enter(run.loader());
        try {
            return run.execute(this);
        } finally {
            before.leave();
            leave();
        }
    }

    /** Sets the state before the code does, and interrupts the code. */
    void stop(State<R> state) {
        Outcome<R> outcome = Outcome.of(state);
        if (verdict.compareAndSet(null, outcome)) {
            interrupt();
            run.onVerdict(this, outcome);
            run.afterGrace(() -> end(true));
        }
    }

    /** Starts the next attempt. */
    void again() {
        again.run();
    }

    /** Runs code as this call. */
    R call(TaskCall<R> call, List<? extends TaskFuture<?>> upstreams) throws Exception {
        step = Step.RUNNING;
        try {
            return runAsCurrent(upstreams, call);
        } catch (Throwable e) {
            if (TaskInterruptedException.saysInterrupted(e)) {
                noticedInterrupt = TaskInterruptedException.isFromInterrupt(e);
                inventedInterrupt = !noticedInterrupt;
            }
            throw e;
        }
    }

    /** Moves on to writing the state. An interrupt that the call's code left behind must not affect that. */
    synchronized void startWriting() {
        step = Step.WRITING;
        if (slot != Slot.OF_CALLER && !interrupted) {
            Thread.interrupted();
        }
    }

    /** Returns a description of the current step for messages; empty while the call's code runs. */
    String step() {
        return step.text;
    }

    boolean isOver() {
        return over.get();
    }

    /** Returns when and where the attempt ran, as if it ended now. */
    ExecutionInfo executionInfo() {
        return new ExecutionInfo(startTime, Instant.now(), run.node(), number);
    }

    private synchronized boolean enter() {
        boolean wanted = verdict.get() == null;
        if (wanted) {
            thread = Thread.currentThread();
            interruptedBefore = thread.isInterrupted();
        }
        return wanted;
    }

    /**
     * Clears the interrupt flag for the thread's next work. On a submitting thread, an interrupt meant for that thread
     * stays.
     */
    private synchronized void leave() {
        thread = null;
        boolean flag = Thread.interrupted();
        boolean inside = noticedInterrupt || (flag && !inventedInterrupt);
        if (slot == Slot.OF_CALLER && (interruptedBefore || (inside && !interrupted))) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void interrupt() {
        if (thread != null) {
            interrupted = true;
            thread.interrupt();
        }
    }

    private void end(boolean stillRunning) {
        if (over.compareAndSet(false, true)) {
            if (stillRunning) {
                slot.giveUp();
            }
            run.onOver(this, requireNonNull(verdict.get()), stillRunning);
        }
    }

    @Override
    public String key() {
        return run.key();
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public boolean isCancelled() {
        return verdict.get() != null;
    }

    @Override
    protected boolean mayWaitFor(TaskFuture<?> future) {
        return run.mayWaitFor(future);
    }

    @Override
    public <T extends @Nullable Object> T lendSlot(Wait<T> wait) throws InterruptedException {
        run.onPause();
        return slot.lend(wait);
    }
}
