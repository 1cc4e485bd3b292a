package io.github.ignitetasks.benchmarks.measure;

import io.github.ignitetasks.benchmarks.testbed.Testbeds;

/** A row of the table of results: a question about the library, and the answer that is asked for. */
public interface Row {

    /** Returns what the row is called. */
    String name();

    /** Returns the answer that is asked for. */
    Target target();

    /** Measures the library, and its peer in the same run. */
    Answer measure(Testbeds testbeds) throws Exception;

    /** Looks, once all rows of its group were measured, whether an answer holds; returns the answer that does. */
    default Answer check(Testbeds testbeds, Answer answer) throws Exception {
        return answer;
    }
}
