/** The rows of the table of results. */
@NullMarked
package io.github.ignitetasks.benchmarks.rows;

import org.jspecify.annotations.NullMarked;
