/** How results are shown. */
@NullMarked
package io.github.ignitetasks.benchmarks.report;

import org.jspecify.annotations.NullMarked;
