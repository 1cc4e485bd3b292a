/** Benchmarks of JMH: questions that are looked into, beside the rows. */
@NullMarked
package io.github.ignitetasks.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
