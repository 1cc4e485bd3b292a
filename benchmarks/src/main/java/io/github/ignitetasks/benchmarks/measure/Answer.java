package io.github.ignitetasks.benchmarks.measure;

import java.util.function.DoubleFunction;

/** The outcome of measuring a row. */
public sealed interface Answer {

    /** Returns our figure as text. */
    String ours();

    /** Returns the peer's figure as text. */
    String peer();

    /**
     * A result.
     *
     * @param figure the figure that the row's target bounds
     * @param spread the quartiles between which the figure lies, as text; empty if it was measured once
     */
    record Measured(String ours, String peer, double figure, String spread) implements Answer {}

    /**
     * No result.
     *
     * @param reason the reason why there is no result
     */
    record NoResult(String ours, String peer, String reason) implements Answer {}

    /** Returns the result of pairs, whose figures are formatted as given. */
    static Measured of(Pairs pairs, DoubleFunction<String> format) {
        return new Measured(format.apply(pairs.ours()), format.apply(pairs.peer()), pairs.ratio(), pairs.spread());
    }

    /** Returns an answer without a result and without figures. */
    static NoResult none(String reason) {
        return new NoResult("none", "none", reason);
    }
}
