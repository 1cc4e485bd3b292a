package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.State;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a call's execution.
 *
 * @param <R> the type of the result
 */
public sealed interface Outcome<R extends @Nullable Object> {

    /**
     * The execution ended with a state.
     *
     * @param state the state
     * @param written that state as bytes, if the attempt has written it; then no other thread runs the code of its
     *     classes
     */
    record Ended<R extends @Nullable Object>(State<R> state, Optional<byte[]> written) implements Outcome<R> {

        /** Makes the outcome of an execution that has written nothing. */
        public Ended(State<R> state) {
            this(state, Optional.empty());
        }
    }

    /**
     * The call did not run here, and this execution has no state for it.
     *
     * @param reason why it did not run
     */
    record NotRun<R extends @Nullable Object>(Reason reason) implements Outcome<R> {}

    /** The reason why a call did not run. */
    sealed interface Reason {}

    /**
     * Results of upstreams are gone.
     *
     * @param upstreams the keys of those upstreams
     */
    record UpstreamsGone(List<String> upstreams) implements Reason {
        /** Copies the list. */
        public UpstreamsGone {
            upstreams = List.copyOf(upstreams);
        }
    }

    /** This node does not have the data beside which the call must run. */
    record NoData() implements Reason {}

    /** Another node has taken the key over. */
    record KeyTakenOver() implements Reason {}
}
