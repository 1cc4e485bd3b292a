package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.execution.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a session that carries out its calls: in this JVM, or on a grid. It knows nothing of the session but the
 * futures that it makes for it. Safe to share between threads.
 */
public interface Backend {

    /** How long a closing session waits for cancelled calls while none of them ends. Workers give up sooner. */
    Duration CANCEL_TIMEOUT = Duration.ofSeconds(5);

    /**
     * Prepares a call of a session, without sending it.
     *
     * @throws IllegalArgumentException if the call cannot be carried, or has an upstream that is not of this session
     */
    <R extends @Nullable Object> PreparedCall<R> prepare(
            KeyedSession session, String key, TaskCall<R> call, CallOptions options);

    /**
     * Prepares the future of a key that has none in the session, from the state that is kept outside it; empty if there
     * is none. May block.
     */
    <R extends @Nullable Object> Optional<PreparedCall<R>> prepareFound(KeyedSession session, String key);

    /** Returns whether calls run on the thread that submits them, before {@code submit} returns. */
    default boolean isSequential() {
        return false;
    }

    /** Returns whether a call that runs in this JVM is the call of a future of this backend. */
    boolean runs(KeyedFuture<?> future, RunningCall call);

    /**
     * Returns the number of partitions of a cache. May block.
     *
     * @throws IllegalArgumentException if there is no such cache
     */
    int partitionsOf(String cache);

    /** Returns the state of a key that has no future in the session; empty if no state is kept. May block. */
    Optional<State<?>> find(String key);

    /** Returns the status of a key that has no future in the session. May block. */
    KeyStatus status(String key);

    /**
     * Removes everything that is kept of these futures outside the session; all of them are final.
     *
     * @throws IllegalStateException if that is impossible
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void remove(Collection<? extends KeyedFuture<?>> ended) throws InterruptedException;

    /**
     * Removes everything that is kept of a key that has ended and has no future in the session. Returns whether there
     * was anything.
     *
     * @throws IllegalStateException if that is impossible
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    boolean remove(String key) throws InterruptedException;

    /** Returns whether the calls run in this JVM, so that their futures tell what they do. */
    default boolean runsHere() {
        return false;
    }

    /**
     * Returns what the nodes report; one that does not answer within about 2 seconds is left out. May block.
     *
     * @param pending the futures of the session that are not final; empty unless the calls run in this JVM
     */
    List<NodeReport> nodeReports(Collection<KeyedFuture<?>> pending);

    /** Returns the stack of the thread that runs a call; empty if no node says that it runs it. May block. */
    Optional<String> stackOf(KeyedFuture<?> future);

    /** Returns whether calls can reach the place where they run. Does not block. */
    default boolean isConnected() {
        return true;
    }

    /** Returns the timer of the session. */
    Timer timer();

    /** Returns how long close waits for cancelled calls while none of them ends. */
    default Duration cancelTimeout() {
        return CANCEL_TIMEOUT;
    }

    /** Returns whether a thread belongs to a node that ends with the session. */
    default boolean owns(Thread thread) {
        return false;
    }

    /**
     * Ends the futures of calls that go on without this JVM, which shuts down. Returns whether it did; otherwise the
     * session cancels the calls. By default calls do not go on.
     *
     * @param pending the futures that are not final, latest first
     */
    default boolean leaveRunning(List<KeyedFuture<?>> pending) {
        return false;
    }

    /** Closes everything that was opened for the session; all futures are final by then. */
    void close();
}
