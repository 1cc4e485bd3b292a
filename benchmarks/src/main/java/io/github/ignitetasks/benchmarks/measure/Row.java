package io.github.ignitetasks.benchmarks.measure;

import io.github.ignitetasks.benchmarks.testbed.Testbeds;

/** A row of the table of results: a question about the library, and the target for its answer. */
public interface Row {

    /** Returns the name of the row. */
    String name();

    /** Returns the target for the answer. */
    Target target();

    /** Measures the library and its peer in the same run. */
    Answer measure(Testbeds testbeds) throws Exception;

    /**
     * Checks an answer after all rows of its group were measured. Returns the answer, or another one if it does not
     * hold.
     */
    default Answer check(Testbeds testbeds, Answer answer) throws Exception {
        return answer;
    }
}
