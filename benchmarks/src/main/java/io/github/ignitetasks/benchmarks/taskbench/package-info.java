/**
 * Task Bench (Slaughter et al., SC20): graphs of busy tasks, and METG, the smallest task at which a system still does
 * useful work for half of the time.
 */
@NullMarked
package io.github.ignitetasks.benchmarks.taskbench;

import org.jspecify.annotations.NullMarked;
