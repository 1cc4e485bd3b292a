/** The testbeds: grids on which rows are measured. */
@NullMarked
package io.github.ignitetasks.benchmarks.testbed;

import org.jspecify.annotations.NullMarked;
