package io.github.ignitetasks.benchmarks.graphs;

import java.util.Locale;

/** How a Dask client submits tasks. */
enum DaskForm {
    /** {@code Client.submit} of each task. */
    SUBMIT,
    /** {@code Client.map} of all tasks of the same function whose upstreams are submitted. */
    MAP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
