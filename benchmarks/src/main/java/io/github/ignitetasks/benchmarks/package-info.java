/** The program that measures the library against its peers. */
@NullMarked
package io.github.ignitetasks.benchmarks;

import org.jspecify.annotations.NullMarked;
