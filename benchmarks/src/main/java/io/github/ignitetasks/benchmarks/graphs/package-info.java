/**
 * Graphs of the paper "Runtime vs Scheduler: Analyzing Dask's Overheads" (Böhm and Beránek, WORKS 2020), on the library
 * and on Dask.
 */
@NullMarked
package io.github.ignitetasks.benchmarks.graphs;

import org.jspecify.annotations.NullMarked;
