/** The report of results, as a table and as charts. */
@NullMarked
package io.github.ignitetasks.benchmarks.report;

import org.jspecify.annotations.NullMarked;
