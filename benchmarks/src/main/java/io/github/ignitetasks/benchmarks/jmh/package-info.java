/** JMH benchmarks, which answer questions beyond the rows of the table of results. */
@NullMarked
package io.github.ignitetasks.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
