package io.github.ignitetasks.internal.tracing;

import io.github.ignitetasks.State;
import java.util.List;
import java.util.Optional;

/** The span of an attempt, which is current on the thread that started it. Only that thread uses it. */
public interface AttemptSpan {
    /** The span of an attempt that is not traced. */
    AttemptSpan NONE = new AttemptSpan() {};

    /** Returns the span that log lines name: this one, or the submitter's if nobody records this one. */
    default Optional<SpanReference> shown() {
        return Optional.empty();
    }

    /** Returns this span, if somebody records it, so that others may link to it. */
    default Optional<SpanReference> recorded() {
        return Optional.empty();
    }

    /** Links the span to those in which the results of its upstreams were computed. */
    default void link(List<SpanReference> upstreams) {}

    /**
     * Ends the span.
     *
     * @param state the state of the attempt; empty if the call did not run after all
     */
    default void end(Optional<State<?>> state) {}
}
