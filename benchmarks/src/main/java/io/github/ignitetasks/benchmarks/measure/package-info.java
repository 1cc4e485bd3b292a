/** The definition of a row of the table of results, and the measurement of its figures. */
@NullMarked
package io.github.ignitetasks.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
