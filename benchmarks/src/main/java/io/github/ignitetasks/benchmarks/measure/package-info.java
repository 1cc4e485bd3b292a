/** What a row of the table of results is, and how figures of it are had. */
@NullMarked
package io.github.ignitetasks.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
