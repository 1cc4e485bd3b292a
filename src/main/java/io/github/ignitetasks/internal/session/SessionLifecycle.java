package io.github.ignitetasks.internal.session;

import static java.util.Comparator.comparingLong;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.internal.context.RunningCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a session: what it accepts in each phase, and its orderly end. Closing waits for the accepted calls, for
 * what follows from them, and for the actions that are due; what is left then is cancelled. Safe to share between
 * threads.
 */
final class SessionLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(KeyedSession.class);

    /** How many times close waits for cancelled calls, provided that some of them ended each time. */
    private static final int MAX_CANCEL_ROUNDS = 6;

    private enum Phase {
        /** The session accepts calls. */
        OPEN,
        /** The session accepts only calls from its own tasks and actions. */
        CLOSING,
        /** The session accepts nothing. */
        ENDING,
        /** The session has closed everything that it opened. */
        CLOSED
    }

    private final KeyedSession session;
    private final Backend backend;
    private final Callbacks callbacks;
    private final Backpressure backpressure;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);
    private final SessionShutdown shutdown = new SessionShutdown(this);

    SessionLifecycle(KeyedSession session, Backend backend, Callbacks callbacks, Backpressure backpressure) {
        this.session = session;
        this.backend = backend;
        this.callbacks = callbacks;
        this.backpressure = backpressure;
    }

    /** Makes the session close when the JVM ends. */
    void closeWithJvm() {
        shutdown.register();
    }

    /** Returns whether the session accepts a call from this thread. */
    boolean isAccepting() {
        Phase now = phase.get();
        return now == Phase.OPEN || (now == Phase.CLOSING && followsFromWhatWasAccepted());
    }

    /**
     * Returns whether this thread runs an unfinished task of this session, or an action or stage of one of its futures.
     */
    private boolean followsFromWhatWasAccepted() {
        return callbacks.isOnThisThread() || session.runsTaskOnThisThread();
    }

    /**
     * Checks that the session accepts a call from this thread.
     *
     * @throws IllegalStateException if it does not
     */
    void checkOpen() {
        if (!isAccepting()) {
            throw new IllegalStateException("session " + session.name() + " is closed; start another by its runner");
        }
    }

    /**
     * Checks that the session has not closed what it opened.
     *
     * @throws IllegalStateException if it has
     */
    void checkNotClosed() {
        if (isClosed()) {
            checkOpen();
        }
    }

    /** Returns whether the session has closed. */
    boolean isClosed() {
        return phase.get() == Phase.CLOSED;
    }

    /** Returns how many calls have not ended. */
    int calls() {
        return backpressure.calls();
    }

    /** Returns whether a thread belongs to a node that ends with the session. */
    boolean owns(Thread thread) {
        return backend.owns(thread);
    }

    /** Closes the session; cancels the calls that have not ended within the timeout. A second call does nothing. */
    void close(Duration timeout) {
        if (!phase.compareAndSet(Phase.OPEN, Phase.CLOSING)) {
            return;
        }
        shutdown.onClosing();
        boolean interrupted = false;
        try {
            interrupted = !awaitQuiet(timeout);
            phase.set(Phase.ENDING);
            if (backpressure.calls() > 0) {
                endRest();
            }
            interrupted |= Thread.interrupted(); // the code that closes the rest must not see the interrupt
            interrupted = interrupted || !awaitCallbacks();
        } finally {
            callbacks.close();
            session.readers().close();
            try {
                session.events().closed();
                interrupted |= Thread.interrupted(); // of the wait for listeners
                LOG.debug("{}: {}", session.name(), session.taskCounts());
                LOG.info("{} closed: {}", session.name(), session.counts());
            } finally {
                backend.close();
                phase.set(Phase.CLOSED);
                shutdown.onClosed();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /**
     * Waits until no accepted call and nothing that follows from one is left. It gives up when the timeout passes, or
     * when an action does not end. Returns false, with the interrupt flag cleared, if this thread is interrupted.
     */
    private boolean awaitQuiet(Duration timeout) {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        try {
            RunningCall.lendSlotWhile(this::describeEnd, () -> {
                long seen;
                boolean inTime;
                do {
                    seen = session.latestNumber();
                    inTime = awaitFutures(deadline) && callbacks.awaitNoneDue(deadline - System.nanoTime());
                } while (inTime && (session.latestNumber() != seen || backpressure.calls() > 0));
                return inTime;
            });
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Ends the calls that did not end in time; from here on the session accepts nothing. */
    void endRest() {
        phase.compareAndSet(Phase.CLOSING, Phase.ENDING);
        if (!shutdown.isOverdue() || !backend.leaveRunning(pending())) {
            cancelAll();
        }
    }

    /** Returns the futures that are not final, latest first. */
    private List<KeyedFuture<?>> pending() {
        return session.futures().stream()
                .filter(future -> !future.isDone())
                .sorted(comparingLong(KeyedFuture<?>::number).reversed())
                .toList();
    }

    /**
     * Waits for the actions that are due. Returns false, with the interrupt flag cleared, if this thread is
     * interrupted.
     */
    private boolean awaitCallbacks() {
        try {
            RunningCall.lendSlotWhile(this::describeEnd, () -> callbacks.awaitNoneDue(Long.MAX_VALUE));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Names what a task waits for that closes this session. */
    private String describeEnd() {
        return "the end of session " + session.name();
    }

    /** Waits until all futures are final and have queued their actions; returns false if the deadline passes first. */
    private boolean awaitFutures(long deadline) throws InterruptedException {
        if (backpressure.calls() > 0) {
            for (KeyedFuture<?> future : session.futures()) {
                future.awaitDone(Math.max(0, deadline - System.nanoTime()));
                if (!future.isDone()) {
                    return false;
                }
            }
        }
        return backpressure.awaitEmpty(deadline - System.nanoTime());
    }

    /** Cancels the calls that have not ended. If this thread is interrupted meanwhile, the interrupt flag stays set. */
    private void cancelAll() {
        // latest first: a waiting call must not start because an earlier call was cancelled
        pending().forEach(TaskFuture::cancel);
        try {
            RunningCall.lendSlotWhile(this::describeEnd, this::awaitCancelled);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.futures().forEach(SessionLifecycle::endCancelled);
    }

    /** Waits for cancelled calls; returns false if none has ended for a while, or all rounds are over. */
    private boolean awaitCancelled() throws InterruptedException {
        int left = backpressure.calls();
        for (int round = 0;
                round < MAX_CANCEL_ROUNDS
                        && !backpressure.awaitEmpty(backend.cancelTimeout().toNanos());
                round++) {
            int before = left;
            left = backpressure.calls();
            if (left == before) {
                return false;
            }
        }
        return left == 0;
    }

    /**
     * Completes a future that has not ended, so that no future stays without a state, and logs code that still runs.
     */
    private static <R extends @Nullable Object> void endCancelled(KeyedFuture<R> future) {
        future.complete(new State.Cancelled<>(true, ExecutionInfo.neverRan(future.node())));
        if (future.endType() == StateType.CANCELLED
                && future.state().orElseThrow() instanceof State.Cancelled<R> cancelled
                && cancelled.stillRunning()) {
            LOG.warn("task '{}' on node {} was cancelled but runs on", future.key(), cancelled.node());
        }
    }

    @Override
    public String toString() {
        return "session " + session.name();
    }
}
