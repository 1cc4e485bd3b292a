package io.github.ignitetasks.benchmarks.measure;

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
     */
    record Measured(String ours, String peer, double figure) implements Answer {}

    /**
     * No result.
     *
     * @param reason the reason why there is no result
     */
    record NoResult(String ours, String peer, String reason) implements Answer {}

    /** Returns an answer without a result and without figures. */
    static NoResult none(String reason) {
        return new NoResult("none", "none", reason);
    }
}
