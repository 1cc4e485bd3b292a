package io.github.ignitetasks.worker;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.RunningCall;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.Trace;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a call. Its verdict is set once, by its own code's end or by who stops it, whichever is first; it is
 * over when its thread has left the code, or is not waited for any more.
 */
final class Attempt<R extends @Nullable Object> extends RunningCall {
    private final CallRun<R> run;
    private final int number;
    private final Slot slot;
    private final Runnable again;
    private final Instant startTime = Instant.now();
    private final AtomicReference<@Nullable State<R>> verdict = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();

    /** The thread inside the code, to be interrupted; guarded by this. */
    private @Nullable Thread thread;

    private boolean interrupted; // guarded by this

    /** Whether an interrupt of the caller's thread has ended the code; written and read by that thread. */
    private boolean interruptIsCallers;

    Attempt(CallRun<R> run, int number, Slot slot, Runnable again) {
        this.run = run;
        this.number = number;
        this.slot = slot;
        this.again = again;
    }

    /** Runs the code on this thread, unless the attempt was stopped before. */
    void runCode() {
        if (enter()) {
            State<R> result = slot == Slot.OF_CALLER ? executeForCaller() : execute();
            if (verdict.compareAndSet(null, result)) {
                run.onVerdict(this, result);
            }
        }
        end(false);
    }

    /** Runs the code in a context that is made for it, and puts back the one that was there. */
    private State<R> execute() {
        ThreadContext before = ThreadContext.enter(run.loader());
        try {
            return run.execute(this);
        } finally {
            before.leave();
            leave();
        }
    }

    /** Runs the code on a thread whose interrupt flag is its caller's. */
    private State<R> executeForCaller() {
        boolean left = LeftInterrupt.putAside();
        boolean set = Thread.currentThread().isInterrupted();
        State<R> result = execute();
        if (!set && !interruptIsCallers) {
            LeftInterrupt.note();
        }
        if (left) {
            LeftInterrupt.putBack();
        }
        return result;
    }

    /** Decides the state against the code, and interrupts that. */
    void stop(State<R> state) {
        if (verdict.compareAndSet(null, state)) {
            interrupt();
            run.onVerdict(this, state);
            run.afterGrace(() -> end(true));
        }
    }

    /** Starts the next attempt. */
    void again() {
        again.run();
    }

    /** Runs code as this call. */
    R call(TaskCall<R> call, List<? extends TaskFuture<?>> upstreams) throws Exception {
        try {
            return runAsCurrent(upstreams, call);
        } catch (InterruptedException e) {
            if (slot == Slot.OF_CALLER) {
                interruptIsCallers = true;
                Thread.currentThread().interrupt(); // meant for the caller, unless this attempt did it
            }
            throw e;
        }
    }

    boolean isOver() {
        return over.get();
    }

    /** Returns when and where the attempt ran, if it ends now. */
    Trace trace() {
        return new Trace(startTime, Instant.now(), run.node(), number);
    }

    private synchronized boolean enter() {
        boolean wanted = verdict.get() == null;
        if (wanted) {
            thread = Thread.currentThread();
        }
        return wanted;
    }

    private synchronized void leave() {
        thread = null;
        if (interrupted) {
            Thread.interrupted(); // it was meant for the code alone
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
    public <T extends @Nullable Object> T lendSlot(Wait<T> wait) throws InterruptedException {
        run.onPause();
        return slot.lend(wait);
    }
}
