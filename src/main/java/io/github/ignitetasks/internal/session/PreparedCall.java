package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.codec.CodeOrigin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that is ready to go.
 *
 * @param <R> the type of the result
 */
public interface PreparedCall<R extends @Nullable Object> {

    /** Returns the future of the call. */
    KeyedFuture<R> future();

    /** Returns the live futures that must have ended before the call goes. */
    List<? extends KeyedFuture<?>> upstreams();

    /** Returns whether the call goes after an upstream that ended in another state than Completed. */
    default boolean takesAnyEnd(KeyedFuture<?> upstream) {
        return false;
    }

    /** Returns how many bytes the call takes until it ends. */
    default int size() {
        return 0;
    }

    /** Returns when the call was submitted, by {@code System.nanoTime}; now by default, for a key that was found. */
    default long since() {
        return System.nanoTime();
    }

    /** Sends the call on its way; all upstreams have ended as the call needs it. Must not block. */
    void go();

    /** Ends the call with the given state, without running it. Must not block. */
    void skip(State<R> state);

    /**
     * Ends the call with the given state, whose result has code of its own. Must not block.
     *
     * @param code the origin of that code
     */
    default void skip(State<R> state, CodeOrigin code) {
        skip(state);
    }

    /** Ends the call NotReady, because this upstream ended without a result. Must not block. */
    default void skipAsNotReady(KeyedFuture<?> upstream) {
        skip(State.NotReady.because(
                upstream.key(), upstream.state().orElseThrow(), ExecutionInfo.neverRan(future().node())));
    }
}
