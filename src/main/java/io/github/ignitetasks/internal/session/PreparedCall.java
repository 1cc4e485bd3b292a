package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.State;
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

    /** Returns the live futures that must be Completed before the call goes. */
    List<? extends KeyedFuture<?>> upstreams();

    /** Returns how many bytes it takes while it has not ended. */
    default int size() {
        return 0;
    }

    /** Lets the call go; all upstreams are Completed. Not to block. */
    void go();

    /** Ends the call with a state of its own, without running it. Not to block. */
    void skip(State<R> state);

    /** Ends the call NotReady, as this upstream has ended without a result. Not to block. */
    default void skipAsNotReady(KeyedFuture<?> upstream) {
        skip(State.NotReady.because(
                upstream.key(), upstream.end().orElseThrow(), ExecutionInfo.neverRan(future().node())));
    }
}
