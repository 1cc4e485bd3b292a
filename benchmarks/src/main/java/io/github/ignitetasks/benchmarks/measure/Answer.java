package io.github.ignitetasks.benchmarks.measure;

/** What measuring a row gave. */
public sealed interface Answer {

    /** Returns our figure as text. */
    String ours();

    /** Returns the peer's figure as text. */
    String peer();

    /**
     * A result.
     *
     * @param figure what the row's target bounds
     */
    record Measured(String ours, String peer, double figure) implements Answer {}

    /**
     * No result.
     *
     * @param reason why not
     */
    record NoResult(String ours, String peer, String reason) implements Answer {}

    /** Returns that there is no result, nor any figure. */
    static NoResult none(String reason) {
        return new NoResult("none", "none", reason);
    }
}
